import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { freePort } from './index.ts'

test('a free port is another each time, none that somebody listens on or that a test keeps', async () => {
  const first = await freePort()
  const taken = createServer().listen(first + 1, '127.0.0.1')
  await once(taken, 'listening')
  const others = [await freePort(), await freePort(), await freePort()]
  expect(new Set([first, first + 1, ...others]).size).toBe(5)
  for (const port of [first, ...others]) {
    expect(port).toBeGreaterThanOrEqual(20_000)
    expect(port).toBeLessThan(25_000)
  }
  taken.close()
})
