import { once } from 'node:events'
import { createServer } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createHttpApp, webSocketPassage } from './index.ts'

const ends: (() => void)[] = []
afterAll(() => {
  for (const end of ends) end()
})

/** A client of a gateway with one neighbour on `port`, and what the gateway says of the neighbour. */
async function clientOf(port: number) {
  const app = createHttpApp({ onBug: () => {} })
  const { promise: judged, resolve } = Promise.withResolvers<boolean | 'unknown'>()
  webSocketPassage(app, '/live', (tried) =>
    tried.length === 0 ? { address: `http://127.0.0.1:${port}`, done: resolve } : undefined,
  )
  const socket = new WebSocket(`${await app.listen({ port: 0, host: '127.0.0.1' })}/live`)
  ends.push(() => void app.close())
  return { socket, judged, code: once(socket, 'close').then(([code]) => code) }
}

/** A neighbour that takes lines and never answers; resolves `line` when the first is given up. */
async function deaf() {
  const server = createServer({ allowHalfOpen: true })
  server.listen(0, '127.0.0.1')
  ends.push(() => server.close())
  await once(server, 'listening')
  const taken = once(server, 'connection').then(([socket]) => {
    socket.on('error', () => {})
    return { ended: once(socket.resume(), 'end').catch(() => {}) }
  })
  return { port: portOf(server), taken }
}

function portOf(server: { address: () => unknown }): number {
  const address = server.address() as { port: number }
  return address.port
}

it.concurrent('a neighbour that takes a line and never answers keeps nothing of ours', async () => {
  const { port, taken } = await deaf()
  const { code, judged } = await clientOf(port)
  expect(await code).toBe(1013)
  expect(await judged).toBe(false)
  await (await taken).ended
}, 20_000)

it.concurrent('who leaves while a line is being opened says nothing about the neighbour', async () => {
  const { port, taken } = await deaf()
  const { socket, judged } = await clientOf(port)
  const line = await taken
  socket.close()
  expect(await judged).toBe('unknown')
  await line.ended
}, 20_000)

it.concurrent('a line that fell silent is let go: nobody waits for the farewell of whom nobody hears', async () => {
  const mute = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  ends.push(() => mute.close())
  await once(mute, 'listening')
  const gone = once(mute, 'connection').then(([, { socket }]) => {
    // Whatever it is told, a goodbye among it, it never answers.
    socket.removeAllListeners('data')
    socket.on('data', () => {})
    return once(socket, 'close')
  })
  const { code } = await clientOf(portOf(mute))
  expect(await code).toBe(1013)
  await gone
}, 40_000)

it.concurrent('of a client that reads slowly the neighbour gets to know; then it is told all the rest', async ({
  expect,
}) => {
  const frame = 'x'.repeat(65_536)
  const most = 1000
  const neighbour = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  ends.push(() => neighbour.close())
  await once(neighbour, 'listening')
  const slow = once(neighbour, 'connection').then(async ([line]) => {
    let told = 0
    for (; told < most && line.bufferedAmount < 1_000_000; told += 1) {
      line.send(`${told}:${frame}`)
      // All of them live in this process: whoever can take something does so meanwhile.
      await turn()
    }
    return { line, told }
  })
  const { socket } = await clientOf(portOf(neighbour))
  const heard: number[] = []
  socket.on('message', (data) => heard.push(Number(String(data).split(':')[0])))
  await once(socket, 'open')
  socket.pause()
  const { line, told } = await slow
  expect(told).toBeLessThan(most)
  socket.resume()
  line.send(`${told}:last`)
  await expect.poll(() => heard.at(-1), { timeout: 10_000 }).toBe(told)
  expect(heard).toEqual(Array.from({ length: told + 1 }, (_, at) => at))
}, 30_000)
