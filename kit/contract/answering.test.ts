import { expect, test } from 'vitest'
import { z } from 'zod'
import { createHttpApp, mount } from '../http/index.ts'
import { SqlError } from '../sql/index.ts'
import { anonymousCaller, answeredHere, connect, contract, endpoint, implement, localLink } from './index.ts'

const look = endpoint({
  method: 'GET',
  path: '/look',
  summary: 'Looks',
  access: ['anyone'],
  timeoutMs: 60,
  responses: { 200: z.object({}) },
})
const far = contract('far', { endpoints: { look } })
const saying = (look: () => Promise<Record<never, never>>) => implement(far, { handlers: { look } })

async function ask(look: () => Promise<Record<never, never>>) {
  const bugs: unknown[] = []
  const app = createHttpApp({ onBug: (error) => bugs.push(error) })
  mount(app, answeredHere(saying(look)), { callerOf: () => anonymousCaller })
  const answer = await app.inject('/look')
  await app.close()
  return { status: answer.statusCode, retryAfter: answer.headers['retry-after'], bugs }
}

test('whoever waits for something that does not come back is told when their time is over', async () => {
  expect(await ask(() => new Promise(() => {}))).toMatchObject({ status: 504, retryAfter: '2' })
})

test('while the database is away people are told to come back, and it is written down', async () => {
  const lost = new SqlError('connection-lost', 'The connection to PostgreSQL broke')
  expect(await ask(() => Promise.reject(lost))).toEqual({ status: 503, retryAfter: '2', bugs: [lost] })
})

test('a bug is no absence', async () => {
  expect(await ask(() => Promise.reject(new TypeError('no such thing')))).toMatchObject({ status: 500 })
})

/** A neighbour whose database is away. */
function withoutDatabase() {
  const away = new SqlError('database-unreachable', 'PostgreSQL does not answer')
  const service = saying(() => Promise.reject(away))
  return connect(
    far,
    localLink(() => service),
    { service: 'near', correlationId: () => 'c' },
  )
}

test('a neighbour in the same process whose database is away is as unavailable as one elsewhere', async () => {
  expect(await withoutDatabase().asService().attempt.look()).toMatchObject({
    ok: false,
    status: 503,
    code: 'unavailable',
  })
})

test('who cannot answer without a neighbour that is away is unavailable, not broken', async () => {
  expect(await ask(() => withoutDatabase().asService().look())).toMatchObject({
    status: 503,
    retryAfter: '2',
  })
})
