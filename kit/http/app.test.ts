import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { createHttpApp } from './app.ts'

test('an address that cannot be decoded is answered as a problem like any other', async () => {
  const app = createHttpApp({ onBug: () => {} })
  app.get('/films/:id', () => 'a film')
  const answer = await app.inject('/films/%ff')
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ code: 'bad-request', detail: 'The address could not be read' })
})

test('a request that does not come to its end is not waited for for ever, and says so', async () => {
  const app = createHttpApp({ onBug: () => {}, requestSeconds: 0.1 })
  app.post('/orders', () => 'an order')
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(
    'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{',
  )
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 [\s\S]*application\/problem\+json/)
  await app.close()
})

test('a request that names the type of a body and brings none is answered', async () => {
  const app = createHttpApp({ onBug: () => {} })
  app.post('/orders', (request) => ({ read: request.body ?? null }))
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  for (const path of ['/orders', '/nowhere']) {
    const socket = connect(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n`,
    )
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 40[04] [\s\S]*application\/problem\+json/)
  }
  await app.close()
})

test('a large body over a slow line has minutes', () => {
  expect(createHttpApp({ onBug: () => {} }).server.requestTimeout).toBe(300_000)
})

test('what is away for a while is told apart from a bug', async () => {
  const told: string[] = []
  const app = createHttpApp({
    onBug: (error) => told.push(`bug: ${error}`),
    onUnavailable: ({ message }) => told.push(`away: ${message}`),
  })
  app.get('/away', () => Promise.reject(Object.assign(new Error('PostgreSQL'), { unavailable: true })))
  app.get('/bug', () => Promise.reject(new Error('a mistake')))
  expect((await app.inject('/away')).json()).toMatchObject({ status: 503, code: 'unavailable' })
  expect((await app.inject('/bug')).json()).toMatchObject({ status: 500, code: 'internal' })
  expect(told).toEqual(['away: PostgreSQL', 'bug: Error: a mistake'])
})

test('a body that nests without end is refused before anybody walks through it', async () => {
  const app = createHttpApp({ onBug: () => {} })
  app.post('/orders', (request) => ({ read: request.body }))
  const post = (payload: string) =>
    app.inject({ method: 'POST', url: '/orders', headers: { 'content-type': 'application/json' }, payload })
  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  expect((await post(nested(32))).statusCode).toBe(200)
  for (const levels of [34, 25_000]) {
    const refused = await post(nested(levels))
    expect(refused.statusCode).toBe(400)
    expect(refused.json()).toMatchObject({
      code: 'bad-request',
      detail: 'JSON may be 32 levels deep at most',
    })
  }
  expect((await post('{"open')).json()).toMatchObject({
    status: 400,
    detail: 'The request could not be read as JSON',
  })
  expect((await post('')).statusCode).toBe(400)
})
