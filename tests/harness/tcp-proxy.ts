import { connect, createServer, type Socket } from 'node:net'
import { ownPort } from '@marquee/kit/testing'

/** A wire that can be made to misbehave. */
export type TcpProxy = {
  port: number
  /** Every piece of data comes this much later, each way. */
  delay: (milliseconds: number) => void
  /** Ends what is open with a reset. */
  reset: () => void
  /** What is open falls silent for good and nobody is told; new connections are healthy. */
  halfOpen: () => void
  /** Nothing passes until `heal`; then everything does, in order, as after a network's absence. */
  hold: () => void
  /** Resets what is open and refuses what comes, until `heal`. */
  cut: () => Promise<void>
  heal: () => Promise<void>
  /** Connections that fell silent and that somebody still believes in. */
  silent: () => number
  close: () => Promise<void>
}

type Late = { due: number; work: () => void }
type Pair = { near: Socket; far: Socket; silent: boolean; lines: { there: Late[]; back: Late[] } }

/**
 * Listens on a port and passes everything on to the first of `targets` (ports, or paths of sockets), in turn, that takes
 * the connection.
 */
export async function openTcpProxy(targets: readonly (number | string)[], asked?: number): Promise<TcpProxy> {
  const port = asked ?? (await ownPort())
  const pairs = new Set<Pair>()
  let lateness = 0
  let held = false
  let turn = 0
  const server = createServer({ pauseOnConnect: true }, (near) => {
    near.on('error', () => {})
    near.pause()
    void join(near)
  })
  const listen = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(at, '127.0.0.1', () => {
        server.off('error', reject)
        resolve()
      })
    })
  await listen(port)

  async function join(near: Socket): Promise<void> {
    turn += 1
    for (let at = 0; at < targets.length; at++) {
      const far = await reach(targets[(turn + at) % targets.length] ?? 0)
      if (!far) continue
      const pair: Pair = { near, far, silent: false, lines: { there: [], back: [] } }
      pairs.add(pair)
      pass(pair, 'there')
      pass(pair, 'back')
      if (!held) flow(pair)
      return
    }
    breakOff(near)
  }

  function pass(pair: Pair, way: 'there' | 'back'): void {
    const [from, to] = way === 'there' ? [pair.near, pair.far] : [pair.far, pair.near]
    from.setNoDelay(true)
    from.on('data', (bytes) => later(pair, way, () => to.write(bytes)))
    from.on('end', () => later(pair, way, () => to.end()))
    from.on('error', () => later(pair, way, () => breakOff(to)))
    from.on('close', () => {
      if (to.destroyed) pairs.delete(pair)
      else later(pair, way, () => to.destroySoon())
    })
  }

  /** In the order it came, however lateness changes meanwhile; never, once the pair is silent. */
  function later(pair: Pair, way: 'there' | 'back', work: () => void): void {
    const line = pair.lines[way]
    line.push({ due: performance.now() + lateness, work })
    if (line.length === 1) passDue(pair, line)
  }

  // One timer for all that waits: those of several would not fire in the order of what they carry.
  function passDue(pair: Pair, line: Late[]): void {
    for (let next = line[0]; next; next = line[0]) {
      const wait = next.due - performance.now()
      if (wait > 0) {
        setTimeout(() => passDue(pair, line), wait)
        return
      }
      if (!pair.silent) next.work()
      line.shift()
    }
  }

  function drop(pair: Pair): void {
    pairs.delete(pair)
    breakOff(pair.near)
    breakOff(pair.far)
  }

  const abandoned = ({ near, far }: Pair) => near.destroyed || far.destroyed
  return {
    port,
    delay: (milliseconds) => {
      lateness = milliseconds
    },
    reset: () => [...pairs].forEach(drop),
    halfOpen() {
      for (const pair of pairs) pair.silent = true
    },
    hold() {
      held = true
      for (const { near, far } of pairs) for (const end of [near, far]) end.pause()
    },
    async cut() {
      await stopListening()
      ;[...pairs].forEach(drop)
    },
    async heal() {
      lateness = 0
      held = false
      for (const pair of [...pairs])
        if (pair.silent && abandoned(pair)) drop(pair)
        else flow(pair)
      if (!server.listening) await listen(port)
    },
    silent: () => [...pairs].filter((pair) => pair.silent && !abandoned(pair)).length,
    async close() {
      ;[...pairs].forEach(drop)
      await stopListening()
    },
  }

  async function stopListening(): Promise<void> {
    if (!server.listening) return
    const closed = Promise.withResolvers<void>()
    server.close()
    // Its callback would wait for connections; its port is free at once.
    setImmediate(closed.resolve)
    await closed.promise
  }
}

/** Only TCP can be reset. */
function breakOff(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy()
  else socket.resetAndDestroy()
}

function flow({ near, far }: Pick<Pair, 'near' | 'far'>): void {
  for (const end of [near, far]) end.resume()
}

function reach(target: number | string): Promise<Socket | undefined> {
  const at = typeof target === 'string' ? { path: target } : { port: target, host: '127.0.0.1' }
  return new Promise((resolve) => {
    const socket = connect({ ...at, allowHalfOpen: true })
    socket.pause()
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      socket.on('error', () => {})
      resolve(socket)
    })
    socket.once('error', () => resolve(undefined))
  })
}
