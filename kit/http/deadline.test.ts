import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  anonymousCaller,
  answeredElsewhere,
  answeredHere,
  contract,
  endpoint,
  fallback,
  httpLink,
  implement,
} from '../contract/index.ts'
import { timeLeft, within } from '../resilience/index.ts'
import { guardedLink } from '../service/guarded-link.ts'
import { createMetrics, silentLogger } from '../telemetry/index.ts'
import { createHttpApp, mount } from './index.ts'

const look = endpoint({
  method: 'GET',
  path: '/look',
  summary: 'How long the caller still waits',
  access: ['anyone'],
  responses: { 200: z.object({ left: z.number() }) },
})

async function open(heedDeadlines: boolean) {
  let asked = 0
  const app = createHttpApp({ onBug: () => {} })
  const service = implement(contract('far', { endpoints: { look } }), {
    handlers: {
      look: () => {
        asked += 1
        return { left: timeLeft() ?? -1 }
      },
    },
  })
  mount(app, answeredHere(service), { callerOf: () => anonymousCaller, heedDeadlines })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const link = httpLink({
    reach: () => ({ address: `http://127.0.0.1:${port}`, done: () => {} }),
    tokenFor: () => 'token',
  })
  const call = () =>
    link({
      service: 'far',
      name: 'look',
      spec: look,
      raw: {},
      caller: anonymousCaller,
      correlationId: 'c',
      headers: {},
    })
  return { app, call, asked: () => asked }
}

test('over the network the callee knows how long its caller still waits', async () => {
  const { app, call } = await open(true)
  const { body } = await within(700, call)
  const { left } = z.object({ left: z.number() }).parse(body)
  expect(left).toBeGreaterThan(100)
  expect(left).toBeLessThanOrEqual(700)
  await app.close()
})

test('what nobody waits for any more is not begun', async () => {
  const { app, asked } = await open(true)
  const answer = await app.inject({ url: '/look', headers: { 'x-marquee-deadline': '0' } })
  expect(answer.statusCode).toBe(504)
  expect(asked()).toBe(0)
  await app.close()
})

test('a stranger cannot say how long to wait', async () => {
  const { app } = await open(false)
  const answer = await app.inject({ url: '/look', headers: { 'x-marquee-deadline': '0' } })
  expect(answer.json().left).toBeGreaterThan(4000)
  await app.close()
})

test('whoever answers instead of a neighbour that hangs has time of its own', async () => {
  const picks = endpoint({
    ...look,
    path: '/picks',
    timeoutMs: 50,
    fallback: fallback({
      service: 'near',
      name: 'look',
      endpoint: look,
      query: () => ({}),
      present: ({ left }) => ({ left }),
    }),
  })
  const link = guardedLink(
    ({ service }) =>
      service === 'near' ? pause(40, { status: 200, headers: {}, body: { left: 7 } }) : new Promise(() => {}),
    createMetrics('test'),
    silentLogger,
  )
  const app = createHttpApp({ onBug: () => {} })
  mount(app, answeredElsewhere(contract('far', { endpoints: { picks } }), link), {
    callerOf: () => anonymousCaller,
  })
  const answer = await app.inject('/picks')
  expect(answer.json()).toEqual({ left: 7 })
  await app.close()
})
