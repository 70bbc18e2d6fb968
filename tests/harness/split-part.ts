import { fileURLToPath } from 'node:url'
import { type Program, startProgram } from './split-program.ts'
import type { TcpProxy } from './tcp-proxy.ts'

const program = fileURLToPath(new URL('../../apps/server/bin/marquee.mjs', import.meta.url))

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
  return {
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
  }
}
