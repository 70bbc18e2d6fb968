import { createHmac } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { type Sandbox, SandboxOptions, startSandbox } from '../src/index.ts'

const secret = 'a-secret-for-the-sandbox'
const Answer = z.looseObject({
  id: z.string().optional(),
  status: z.string().optional(),
  amount_refunded: z.number().optional(),
  next_action: z.object({ redirect_url: z.string() }).default({ redirect_url: '' }),
  data: z.array(z.looseObject({ status: z.string().optional() })).default([]),
})
let data: string
let sandbox: Sandbox
const open = (more: object = {}) =>
  startSandbox(SandboxOptions.parse({ data, secret, test: true, lateMs: 10, ...more }))

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'sandbox-'))
  sandbox = await open()
})
afterEach(async () => {
  await sandbox.stop()
  rmSync(data, { recursive: true, force: true })
})

async function ask(method: string, path: string, options: { body?: object; key?: string; as?: string } = {}) {
  const response = await fetch(new URL(path, sandbox.url), {
    method,
    headers: {
      authorization: `Bearer ${options.as ?? secret}`,
      'content-type': 'application/json',
      ...(options.key ? { 'idempotency-key': options.key } : {}),
    },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  })
  return { status: response.status, body: Answer.parse(await response.json()) }
}
const wish = (reference: string, card = '4242424242424242', amount = 1250) => ({
  reference,
  amount,
  currency: 'EUR',
  card: { number: card },
  return_url: 'http://shop.test/back',
})
const pay = (reference: string, card?: string) =>
  ask('POST', '/v1/payments', { body: wish(reference, card), key: reference })

/** A merchant that answers webhooks as told and keeps what it heard. */
async function merchant(statuses: number[] = []) {
  const heard: { type: string; signed: boolean; reference: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      const [, time, mac] = /^t=(\d+),v1=(\w+)$/.exec(String(request.headers['sandbox-signature'])) ?? []
      const expected = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
      const { type, data } = JSON.parse(body)
      heard.push({ type, signed: mac === expected, reference: data.object.reference })
      response.writeHead(statuses.shift() ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await ask('PUT', '/v1/webhook', { body: { url: `http://127.0.0.1:${port}/` } })
  return { heard, close: () => new Promise((resolve) => server.close(resolve)) }
}

it('each card does what it is for', async () => {
  const outcomes = []
  for (const card of ['4242424242424242', '4000000000000002', '4000000000003220', '4000000000000259'])
    outcomes.push((await pay(`order-${card}`, card)).body.status)
  expect(outcomes).toEqual(['captured', 'declined', 'requires_action', 'processing'])
  expect(await pay('order-x', '4111111111111111')).toMatchObject({
    status: 422,
    body: { error: { code: 'unknown_card' } },
  })
})

it('the same key gives the same payment, and another body under it is refused', async () => {
  const [first, again] = await Promise.all([pay('order-1'), pay('order-1')])
  expect(again.body.id).toBe(first.body.id)
  const other = await ask('POST', '/v1/payments', { body: wish('order-1', undefined, 1), key: 'order-1' })
  expect(other).toMatchObject({ status: 409, body: { error: { code: 'idempotency_key_reused' } } })
  expect((await ask('GET', '/v1/book')).body.data).toHaveLength(1)
})

it('nothing is shown or done without the key', async () => {
  for (const [method, path] of [
    ['GET', '/v1/book'],
    ['POST', '/v1/payments'],
    ['PUT', '/v1/webhook'],
  ] as const)
    expect(
      (await ask(method, path, { as: 'a guess', ...(method === 'GET' ? {} : { body: {} }) })).status,
    ).toBe(401)
})

it('no more is given back than was paid', async () => {
  const { body: payment } = await pay('order-1')
  const refund = (reference: string, amount: number) =>
    ask('POST', '/v1/refunds', {
      body: { payment: payment.id, reference, amount, currency: 'EUR' },
      key: reference,
    })
  expect((await refund('r-1', 1000)).status).toBe(200)
  expect((await refund('r-1', 1000)).status).toBe(200)
  expect(await refund('r-2', 251)).toMatchObject({
    status: 422,
    body: { error: { code: 'amount_too_large' } },
  })
  expect((await ask('GET', `/v1/payments/${payment.id}`)).body.amount_refunded).toBe(1000)
})

it('a cancelled payment can no longer be approved', async () => {
  const { body: payment } = await pay('order-1', '4000000000003220')
  await ask('POST', `/v1/payments/${payment.id}/cancel`, { body: {} })
  await fetch(payment.next_action.redirect_url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ answer: 'approve' }),
  })
  expect((await ask('GET', '/v1/payments?reference=order-1')).body.data).toMatchObject([
    { status: 'cancelled' },
  ])
  expect((await ask('GET', '/v1/book')).body.data).toEqual([])
})

it('webhooks are signed and told again until they are heard', async () => {
  const shop = await merchant([500])
  await pay('order-1')
  await ask('GET', '/test/all-heard')
  expect(shop.heard).toEqual([
    { type: 'payment.captured', signed: true, reference: 'order-1' },
    { type: 'payment.captured', signed: true, reference: 'order-1' },
  ])
  await shop.close()
})

it('after a new start the book is the same, open payments go on and unheard news is told', async () => {
  await pay('order-1')
  await pay('order-2', '4000000000000259')
  await sandbox.stop()
  // A crash in the middle of a line.
  appendFileSync(join(data, 'book.jsonl'), '{"type":"payment","payment":{"id":"pay_to')
  sandbox = await open({ lateMs: 0 })
  const shop = await merchant()
  await ask('GET', '/test/all-heard')
  await expect.poll(() => new Set(shop.heard.map(({ reference }) => reference)).size).toBe(2)
  expect((await ask('GET', '/v1/book')).body.data).toMatchObject([
    { seq: 1, kind: 'capture', reference: 'order-1', amount: 1250 },
    { seq: 2, kind: 'capture', reference: 'order-2', amount: 1250 },
  ])
  expect((await pay('order-1')).body.status).toBe('captured')
  expect((await ask('GET', '/v1/book')).body.data).toHaveLength(2)
  await shop.close()
})

it('the book is read page by page', async () => {
  for (const order of ['a', 'b', 'c']) await pay(order)
  const first = await ask('GET', '/v1/book?limit=2')
  expect(first.body).toMatchObject({ has_more: true, data: [{ seq: 1 }, { seq: 2 }] })
  expect((await ask('GET', '/v1/book?limit=2&after=2')).body).toMatchObject({
    has_more: false,
    data: [{ seq: 3 }],
  })
})

it('without --test there is nothing to make it misbehave', async () => {
  await sandbox.stop()
  sandbox = await open({ test: false })
  expect((await ask('PUT', '/test/behaviour', { body: { answers: 'refuse' } })).status).toBe(404)
})

it('the bank page works without scripts and lets no other site frame it', async () => {
  const { body: payment } = await pay('order-1', '4000000000003220')
  const response = await fetch(payment.next_action.redirect_url)
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  const page = await response.text()
  expect(page).toContain('<button class="go" name="answer" value="approve">Approve</button>')
  expect(page).not.toContain('<script')
})
