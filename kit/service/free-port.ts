import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

// Below what systems give to outgoing connections (Linux from 32,768, others from 49,152): one of those could take a
// port between its being found free and its being listened on. From 25,000 on they are kept for tests.
const lowest = 20_000
const highest = 25_000
// Programs that look at the same time begin at different places.
let next = randomInt(lowest, highest)

/** A port of this machine on which nobody listens, another each time. */
export async function freePort(): Promise<number> {
  for (let tries = lowest; tries < highest; tries++) {
    const port = next
    next = port + 1 < highest ? port + 1 : lowest
    if (await isFree(port)) return port
  }
  throw new Error(`all ports from ${lowest} to ${highest} are taken`)
}

/** Whether nobody listens there. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
