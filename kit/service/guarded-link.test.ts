import { expect, it } from 'vitest'
import { z } from 'zod'
import {
  anonymousCaller,
  type Call,
  endpoint,
  fallback,
  type Link,
  LinkError,
  overrideDeadlines,
} from '../contract/index.ts'
import { createMetrics, silentLogger } from '../telemetry/index.ts'
import { guardedLink } from './guarded-link.ts'

const spec = endpoint({
  method: 'GET',
  path: '/x',
  summary: 'X',
  access: ['anyone'],
  timeoutMs: 40,
  responses: { 200: z.object({}) },
})
const call = (more: Partial<Call> = {}): Call => ({
  service: 'theaters',
  name: 'x',
  spec,
  raw: {},
  caller: anonymousCaller,
  correlationId: 'c',
  headers: {},
  ...more,
})
const answer = { status: 200, headers: {}, body: {} }
const metrics = createMetrics('test')

it('gives up on a neighbour that does not answer in time', async () => {
  const link = guardedLink(() => new Promise(() => {}), metrics, silentLogger)
  await expect(link(call())).rejects.toMatchObject({ name: 'LinkError', code: 'timeout' })
})

it('repeats what may be repeated, and nothing else', async () => {
  let tries = 0
  const link = guardedLink(
    async () => {
      tries += 1
      if (tries === 1) throw new LinkError('unavailable', 'down')
      return answer
    },
    metrics,
    silentLogger,
  )
  const patient = { ...spec, timeoutMs: 2000 }
  expect(await link(call({ spec: patient }))).toBe(answer)
  tries = 0
  const post = { ...patient, method: 'POST' as const }
  const unavailable = { code: 'unavailable' }
  await expect(link(call({ name: 'y', spec: post }))).rejects.toMatchObject(unavailable)
  tries = 0
  const idempotencyKey = 'chosen-by-the-caller'
  // A key helps only where it is heeded.
  await expect(link(call({ name: 'z', spec: post, idempotencyKey }))).rejects.toMatchObject(unavailable)
  tries = 0
  const heeding = { ...post, idempotent: true }
  expect(await link(call({ name: 'h', spec: heeding, idempotencyKey }))).toBe(answer)
})

it('leaves a neighbour alone that failed too often, and says so at once', async () => {
  let asked = 0
  const link = guardedLink(
    async () => {
      asked += 1
      throw new LinkError('unavailable', 'down')
    },
    metrics,
    silentLogger,
  )
  const post = { ...spec, method: 'POST' as const }
  for (let tries = 0; tries < 20; tries++) await link(call({ spec: post })).catch(() => {})
  expect(asked).toBe(10)
})

it('leaves nobody alone because one of several went away in the middle of many calls', async () => {
  let asked = 0
  const link = guardedLink(
    async () => {
      asked += 1
      throw new LinkError('unavailable', 'it went away', { ofOne: true })
    },
    metrics,
    silentLogger,
  )
  const post = { ...spec, method: 'POST' as const }
  for (let tries = 0; tries < 20; tries++) await link(call({ name: 'one', spec: post })).catch(() => {})
  expect(asked).toBe(20)
})

const books = endpoint({
  ...spec,
  path: '/books',
  query: z.object({ limit: z.number() }),
  responses: { 200: z.object({ items: z.array(z.string()) }) },
})
const picks = {
  ...spec,
  fallback: fallback({
    service: 'library',
    name: 'books',
    endpoint: books,
    query: ({ limit }) => ({ limit }),
    present: ({ items }) => ({ picked: items }),
  }),
}
const library =
  (others: Link): Link =>
  async (given) =>
    given.service === 'library'
      ? { ...answer, body: { items: [`of ${JSON.stringify(given.raw.query)}`] } }
      : others(given)
const pick = (others: Link, name: string) =>
  guardedLink(
    library(others),
    metrics,
    silentLogger,
  )(call({ name, spec: picks, raw: { query: { limit: 3, page: 2 } } }))

it.each([
  ['hangs', () => new Promise<never>(() => {})],
  ['is down', () => Promise.reject(new LinkError('unavailable', 'down'))],
  ['has a bug', () => Promise.reject(new TypeError('undefined is not a function'))],
  ['says that it failed', async () => ({ ...answer, status: 500 })],
])('answers with the declared fallback when a neighbour %s', async (how, others) => {
  expect(await pick(others, how)).toMatchObject({ status: 200, body: { picked: ['of {"limit":3}'] } })
})

it('leaves what a neighbour refuses as it is', async () => {
  expect(await pick(async () => ({ ...answer, status: 422 }), 'refuses')).toMatchObject({ status: 422 })
})

it('waits as long as it is told while it runs, from the next call on', async () => {
  const slow = { ...spec, timeoutMs: 60_000 }
  const link = guardedLink(() => new Promise(() => {}), metrics, silentLogger)
  overrideDeadlines(new Map([[slow, 30]]))
  await expect(link(call({ name: 'slow', spec: slow }))).rejects.toMatchObject({ code: 'timeout' })
  overrideDeadlines(new Map())
})
