import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { expect, test } from 'vitest'
import { createHttpApp, drain, webSocketRoute } from './index.ts'

async function open(mostSockets?: number, prepare: (app: FastifyInstance) => void = () => {}) {
  const app = createHttpApp({ onBug: () => {}, mostSockets })
  prepare(app)
  app.get('/plain', async () => ({ plain: true }))
  webSocketRoute(app, '/live', (channel) => channel.send('hello'))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  return { app, port: typeof address === 'object' && address ? address.port : 0 }
}

const asking = (path: string, upgrade = 'websocket', method = 'GET') =>
  `${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${upgrade}\r\n` +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n'

/** Everything that comes back on one connection until the server closes it; `next` is said after the first answer. */
function say(port: number, words: string, next?: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(words)
  if (next) socket.once('data', () => socket.write(next))
  return text(socket)
}

const heard = (socket: WebSocket, event: string) =>
  new Promise((resolve) => socket.addEventListener(event, resolve, { once: true }))

const connections = (app: FastifyInstance) =>
  new Promise<number>((resolve) => app.server.getConnections((_error, count) => resolve(count)))

test('whoever asks for an upgrade where there is none is answered as anybody else, and then the next', async () => {
  const { app, port } = await open()
  const next = 'GET /plain HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
  for (const upgrade of ['websocket', 'h2c']) {
    const answers = await say(port, `${asking('/plain', upgrade)}\r\n`, next)
    expect(answers.match(/HTTP\/1.1 200 OK/g), upgrade).toHaveLength(2)
  }
  expect(await say(port, `${asking('/live', 'h2c')}\r\n`, next)).toMatch(/^HTTP\/1.1 404 .*HTTP\/1.1 200 OK/s)
  await drain(app)
})

test('whoever is refused a WebSocket is not kept, and does not keep the door open', async () => {
  const { app, port } = await open(undefined, (refusing) =>
    refusing.addHook('onRequest', async (_request, reply) => reply.code(429).send({})),
  )
  expect(await say(port, `${asking('/live')}\r\n`)).toMatch(/^HTTP\/1.1 429 /)
  expect(await connections(app)).toBe(0)
  await drain(app)
})

test('when as many watch as can be borne, the next is told when to come back', async () => {
  const { app, port } = await open(1)
  const watcher = new WebSocket(`ws://127.0.0.1:${port}/live`)
  await heard(watcher, 'message')
  const refused = await say(port, `${asking('/live')}\r\n`)
  expect(refused).toMatch(/^HTTP\/1.1 503 /)
  expect(refused).toMatch(/retry-after: 5/i)
  watcher.close()
  await heard(watcher, 'close')
  const second = new WebSocket(`ws://127.0.0.1:${port}/live`)
  await heard(second, 'message')
  await drain(app)
})
