import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { openTcpProxy } from './tcp-proxy.ts'

test('what a wire carries stays in order while it comes to be late and to be in time again', async () => {
  const heard: string[] = []
  const server = createServer((socket) => {
    socket.on('data', (bytes) => heard.push(String(bytes)))
    // A wire that closes resets what is open.
    socket.on('error', () => {})
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const wire = await openTcpProxy([(server.address() as AddressInfo).port])
  const socket = connect(wire.port, '127.0.0.1').setNoDelay(true)
  await once(socket, 'connect')
  const lines = Array.from({ length: 60 }, (_, at) => `line ${at}\n`)
  for (const [at, line] of lines.entries()) {
    wire.delay(at % 20 < 10 ? 40 : 0)
    socket.write(line)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await expect.poll(() => heard.join('').split('\n').length, { timeout: 5000 }).toBe(61)
  expect(heard.join('')).toBe(lines.join(''))
  socket.destroy()
  await wire.close()
  server.close()
})
