import { once } from 'node:events'
import http from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createHttpApp, drain, isDraining, webSocketRoute } from './index.ts'

async function open() {
  const app = createHttpApp({ onBug: () => {} })
  const gate = Promise.withResolvers<void>()
  app.get('/quick', async () => ({}))
  app.get('/slow', async () => {
    await gate.promise
    return {}
  })
  webSocketRoute(app, '/live', (channel) => channel.send('hello'))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  return { app, gate, port: typeof address === 'object' && address ? address.port : 0 }
}

type Seen = { status: number; connection: string | undefined; reused: boolean }
function ask(port: number, path: string, agent: http.Agent): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const request = http.get({ port, host: '127.0.0.1', path, agent }, (response) => {
      response.resume()
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          connection: response.headers.connection,
          reused: request.reusedSocket,
        }),
      )
    })
    request.on('error', reject)
  })
}

test('a door that closes finishes what runs, answers on connections it has, and lets nobody new in', async () => {
  const { app, gate, port } = await open()
  const [first, second] = [new http.Agent({ keepAlive: true }), new http.Agent({ keepAlive: true })]
  await ask(port, '/quick', first)
  const slow = ask(port, '/slow', second)
  await ask(port, '/quick', new http.Agent())
  const closed = drain(app, { idleMilliseconds: 500 })
  expect(isDraining(app)).toBe(true)
  expect(await ask(port, '/quick', first)).toEqual({ status: 200, connection: 'close', reused: true })
  await expect(ask(port, '/quick', new http.Agent())).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  gate.resolve()
  // It asked before the door closed, and would ask again on a connection that is about to go.
  expect(await slow).toMatchObject({ status: 200, connection: 'close' })
  await closed
})

test('while balancers are given notice it still lets people in, and tells them not to stay', async () => {
  const { app, port } = await open()
  const closed = drain(app, { noticeMilliseconds: 200, idleMilliseconds: 50 })
  expect(await ask(port, '/quick', new http.Agent({ keepAlive: true }))).toMatchObject({
    status: 200,
    connection: 'close',
  })
  await closed
})

test('a connection that nobody uses does not hold the door open', async () => {
  const { app, port } = await open()
  const agent = new http.Agent({ keepAlive: true })
  await ask(port, '/quick', agent)
  await drain(app, { idleMilliseconds: 100 })
})

test('whoever watches is told that the server restarts, and over which time to come back', async () => {
  const { app, port } = await open()
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`)
  await new Promise((resolve) => socket.addEventListener('message', resolve, { once: true }))
  const ended = new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve))
  await drain(app, { idleMilliseconds: 500 })
  expect(await ended).toMatchObject({ code: 1012, reason: 'restart; come back within 501 ms' })
})

test('whoever watched and is not there any more does not hold the door open', async () => {
  const { app, port } = await open()
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(
    'GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  await once(socket, 'data')
  await drain(app, { idleMilliseconds: 100 })
  socket.destroy()
})
