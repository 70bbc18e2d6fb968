import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEtcd } from './index.ts'

let server: Server
/** What the door says to a log-in. */
let logIn: 'away' | 'refused' | 'welcome'
let logIns: number
beforeEach(async () => {
  logIn = 'welcome'
  logIns = 0
  server = createServer((request, response) => {
    const isLogIn = request.url === '/v3/auth/authenticate'
    if (isLogIn) logIns += 1
    if (isLogIn && logIn === 'away') return request.socket.destroy()
    if (isLogIn && logIn === 'refused')
      return response.writeHead(400).end(JSON.stringify({ code: 3, message: 'authentication failed' }))
    if (isLogIn) return response.end(JSON.stringify({ token: 'let-me-in' }))
    const isKnown = request.headers.authorization === 'let-me-in'
    if (!isKnown) return response.writeHead(401).end(JSON.stringify({ code: 16, message: 'who are you?' }))
    response.end(JSON.stringify({ kvs: [{ key: 'a2V5', value: 'dmFsdWU=' }] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const open = () =>
  createEtcd({
    urls: [`http://127.0.0.1:${(server.address() as AddressInfo).port}`],
    user: 'cinema',
    password: 'not-told',
  })

test('whoever was away at the log-in is asked again, and found once it is back', async () => {
  logIn = 'away'
  const etcd = open()
  await expect(etcd.list('key')).rejects.toMatchObject({ code: 'unreachable' })
  logIn = 'welcome'
  expect(await etcd.list('key')).toEqual([{ key: 'key', value: 'value' }])
})

test('a password that is refused is said to be, and the right one is taken later', async () => {
  logIn = 'refused'
  const etcd = open()
  await expect(etcd.list('key')).rejects.toMatchObject({
    code: 'refused',
    message: 'etcd refuses to log cinema in: authentication failed',
  })
  logIn = 'welcome'
  expect(await etcd.list('key')).toHaveLength(1)
})

test('all who ask at once log in once', async () => {
  const etcd = open()
  await Promise.all([etcd.list('a'), etcd.list('b'), etcd.list('c')])
  expect(logIns).toBe(1)
})

test('a member that answers that it cannot is passed over', async () => {
  const leaving = createServer((_request, response) =>
    response.writeHead(503).end(JSON.stringify({ code: 14, message: 'server is stopping' })),
  )
  await new Promise<void>((resolve) => leaving.listen(0, '127.0.0.1', resolve))
  const [at, well] = [leaving, server].map(
    (one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`,
  ) as [string, string]
  const named = { user: 'cinema', password: 'not-told' }
  expect(await createEtcd({ urls: [at, well], ...named }).list('key')).toHaveLength(1)
  await expect(createEtcd({ urls: [at] }).list('key')).rejects.toMatchObject({ code: 'unreachable' })
  leaving.closeAllConnections()
  leaving.close()
})

test('a watch that nothing happens under is ended in good time, not broken off by the network', async () => {
  const quiet = createServer((_request, response) => void response.write('{"result":{"created":true}}\n'))
  await new Promise<void>((resolve) => quiet.listen(0, '127.0.0.1', resolve))
  const etcd = createEtcd({
    urls: [`http://127.0.0.1:${(quiet.address() as AddressInfo).port}`],
    longestWatch: 100,
  })
  const bells: string[] = []
  await etcd.watch('key', () => bells.push('rung'), new AbortController().signal)
  expect(bells).toHaveLength(1)
  quiet.closeAllConnections()
  quiet.close()
})

test('a watch that somebody ends throws, however long it may last', async () => {
  const ended = new AbortController()
  const quiet = createServer((_request, response) => void response.write('{"result":{"created":true}}\n'))
  await new Promise<void>((resolve) => quiet.listen(0, '127.0.0.1', resolve))
  const etcd = createEtcd({ urls: [`http://127.0.0.1:${(quiet.address() as AddressInfo).port}`] })
  const broken = new Error('broken off')
  await expect(etcd.watch('key', () => ended.abort(broken), ended.signal)).rejects.toThrow('broken off')
  quiet.closeAllConnections()
  quiet.close()
})
