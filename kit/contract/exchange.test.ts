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

test('a connection serves one request after another', async () => {
  const { address, connections } = await serve((_, response) => void response.end('here'))
  for (let at = 0; at < 5; at++) await exchange(address, '/', { method: 'GET', headers: {} })
  expect(connections()).toBe(1)
})

test('nobody there, an answer cut short, and one that nobody waits for any more are three different things', async () => {
  const ask = (address: string, signal?: AbortSignal) =>
    exchange(address, '/', { method: 'GET', headers: {}, ...(signal ? { signal } : {}) })
  await expect(ask('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  const short = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('half', () => response.destroy())
  })
  await expect(ask(short.address)).rejects.toMatchObject({ code: 'ECONNRESET' })
  const arrived = Promise.withResolvers<void>()
  const silent = await serve(() => arrived.resolve())
  const given = new AbortController()
  const asked = ask(silent.address, given.signal)
  await arrived.promise
  given.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
  await expect(ask(silent.address, given.signal)).rejects.toMatchObject({ name: 'AbortError' })
})
