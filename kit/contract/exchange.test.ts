import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { exchange } from './exchange.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<{ address: string; connections: () => number }> {
  let connections = 0
  const server = createServer(listener).on('connection', () => (connections += 1))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, connections: () => connections }
}

test.each(['POST', 'DELETE'])(
  'what is sent with a %s arrives, and the answer comes back byte by byte',
  async (method) => {
    const { address } = await serve((request, response) => {
      response.setHeader('x-was', `${request.method} ${request.url} ${request.headers['x-one']}`)
      request.pipe(response.writeHead(201))
    })
    const body = new Uint8Array([0, 255, 10, 13, 0])
    const received = await exchange(address, '/a?b=c', { method, headers: { 'x-one': '1' }, body })
    expect(received).toMatchObject({ status: 201, headers: { 'x-was': `${method} /a?b=c 1` } })
    expect(new Uint8Array(received.bytes)).toEqual(body)
  },
)

test('connections are kept, and no more are open than twice as many as are asked at once', async () => {
  const { address, connections } = await serve((_, response) => void response.end('here'))
  const ask = () => exchange(address, '/', { method: 'GET', headers: {} })
  // Whoever asks in the same turn as the answer came finds its connection not free yet.
  for (let times = 0; times < 10; times++) await ask()
  expect(connections()).toBeLessThanOrEqual(2)
  for (let times = 0; times < 10; times++) await Promise.all(Array.from({ length: 20 }, ask))
  expect(connections()).toBeLessThanOrEqual(40)
})

test('one that is given up while it waits for a connection is never sent', async () => {
  const asked: string[] = []
  const { address } = await serve((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  const giving = new AbortController()
  const given = exchange(address, '/given-up', { method: 'GET', headers: {}, signal: giving.signal })
  giving.abort()
  await expect(given).rejects.toMatchObject({ name: 'AbortError' })
  await exchange(address, '/kept', { method: 'GET', headers: {} })
  expect(asked).toEqual(['/kept'])
})

test('nobody there, an answer cut short, and one that nobody waits for any more are three different things', async () => {
  const ask = (address: string, signal?: AbortSignal) =>
    exchange(address, '/', { method: 'GET', headers: {}, ...(signal ? { signal } : {}) })
  await expect(ask('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const short = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy())
  })
  await expect(ask(short.address)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
  const arrived = Promise.withResolvers<void>()
  const silent = await serve(() => arrived.resolve())
  const given = new AbortController()
  const asked = ask(silent.address, given.signal)
  await arrived.promise
  given.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  await expect(ask(silent.address, given.signal)).rejects.toMatchObject({ name: 'AbortError' })
})
