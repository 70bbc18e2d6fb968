import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sendOnce } from './send-once.ts'

const keys: (string | null)[] = []
let answer = { status: 200, body: {} as unknown }

beforeEach(() => {
  keys.length = 0
  const kept = new Map<string, string>()
  const sessionStorage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  }
  vi.useFakeTimers()
  vi.stubGlobal('window', { sessionStorage })
  vi.stubGlobal('sessionStorage', sessionStorage)
  vi.stubGlobal('fetch', async (_path: string, { headers }: { headers: Record<string, string> }) => {
    keys.push(headers['idempotency-key'] ?? null)
    if (answer.status === 0) throw new TypeError('Failed to fetch')
    return new Response(JSON.stringify(answer.body), { status: answer.status })
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function send(status: number, code = 'some-code') {
  answer = { status, body: { code } }
  const sent = sendOnce('pay:1', '/api/orders/1/payment', { card: '4242' })
  await vi.advanceTimersByTimeAsync(60_000)
  return sent
}

test('a payment that nobody knows the end of is sent again as the same payment', async () => {
  await send(0)
  await send(503)
  await send(409, 'request-in-progress')
  await send(200)
  expect(new Set(keys).size).toBe(1)
})

test('after an answer the next press is another payment', async () => {
  await send(402, 'payment-declined')
  await send(200)
  expect(new Set(keys).size).toBe(2)
})
