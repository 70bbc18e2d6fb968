import { fileURLToPath } from 'node:url'
import { inTurn } from './in-turn.ts'
import { type Program, startProgram } from './split-program.ts'
import type { TcpProxy } from './tcp-proxy.ts'

const program = fileURLToPath(new URL('../../apps/server/bin/marquee.mjs', import.meta.url))

const mostTries = 10

export type PartPlan = { name: string; services: readonly string[]; does: 'serve' | 'work' | 'both' }
/** One process of a split, with the wires that lead to its door and from it to PostgreSQL. */
export type Part = Program & {
  name: string
  services: readonly string[]
  does: PartPlan['does']
  /** Its own address, past every wire. */
  address: string
  door: TcpProxy | undefined
  database: TcpProxy
  /** One after another for this part: two who restart it would trip over each other. */
  alone: <T>(work: () => Promise<T>) => Promise<T>
  /** Starts it, again and again as whoever watches over processes does, until it is open. */
  revive: () => Promise<void>
}
type Wired = PartPlan & { port: number; door: TcpProxy | undefined; database: TcpProxy }

export function openPart(
  { name, services, does, port, door, database }: Wired,
  env: Record<string, string>,
): Part {
  const running = startProgram({
    args: [program, 'start'],
    env,
    isOpen: /^Marquee is open/m,
    // Where nobody listens a caller is refused, not kept waiting by the wire.
    onExit: () => void door?.cut(),
  })
  const part: Part = {
    ...running,
    name,
    services,
    does,
    address: `http://127.0.0.1:${port}`,
    door,
    database,
    async start(more = {}) {
      await running.start(more).catch((cause: unknown) => {
        throw new Error(`${name} did not start`, { cause })
      })
      await door?.heal()
    },
    alone: inTurn(),
    async revive() {
      for (let tries = 1; !running.isRunning(); tries++) {
        try {
          await part.start()
        } catch (error) {
          // It cannot while something else is down as well.
          if (tries === mostTries) throw error
          await running.end('SIGKILL')
          await new Promise((resolve) => setTimeout(resolve, 500))
        }
      }
    },
  }
  return part
}
