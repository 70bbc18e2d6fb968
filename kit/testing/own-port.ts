import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { isFree } from '../service/index.ts'

// Between what `freePort` gives to programs and what systems give to outgoing connections.
const lowest = 25_000
const highest = 32_000
const inABlock = 50
const blocks = (highest - lowest) / inABlock

const left: number[] = []

/**
 * A port of this machine on which nobody listens, another each time. As long as this process lives no other is given
 * it here, so that what dies in a test can be started again where it was.
 */
export async function ownPort(): Promise<number> {
  const [port] = left.splice(0, 1)
  if (port !== undefined && (await isFree(port))) return port
  if (left.length === 0) left.push(...(await takeBlock()))
  return ownPort()
}

/** The ports of a block whose first one is listened on until this process ends: that is what makes them ours. */
async function takeBlock(): Promise<number[]> {
  const begin = randomInt(blocks)
  for (let tries = 0; tries < blocks; tries++) {
    const first = lowest + ((begin + tries) % blocks) * inABlock
    if (await listenOn(first)) return Array.from({ length: inABlock - 1 }, (_, at) => first + 1 + at)
  }
  throw new Error(`all ports from ${lowest} to ${highest} are taken`)
}

async function listenOn(port: number): Promise<boolean> {
  const mark = createServer().unref()
  try {
    mark.listen(port, '127.0.0.1')
    await once(mark, 'listening')
    return true
  } catch {
    mark.close()
    return false
  }
}
