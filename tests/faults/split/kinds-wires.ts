import type { TcpProxy } from '../../harness/tcp-proxy.ts'
import type { Hardness, Kind } from './kinds.ts'
import { pause } from './pause.ts'
import type { Stage } from './stage.ts'

type Wires = { name: string; wires: readonly TcpProxy[] }
type Where = 'to PostgreSQL' | 'between services' | 'to the gateways'

/** One wire, or now and then all of its sort. */
function choose({ split }: Stage, where: Where, { oneOf, between }: Hardness): Wires {
  if (where === 'to the gateways') return { name: 'all visitors', wires: [split.front] }
  const all = split.parts.flatMap(({ name, door, database }) => {
    const wire = where === 'to PostgreSQL' ? database : door
    return wire ? [{ name, wire }] : []
  })
  if (between(1, 4) === 1) return { name: 'everybody', wires: all.map(({ wire }) => wire) }
  const { name, wire } = oneOf(all)
  return { name, wires: [wire] }
}

type Ill = (wires: readonly TcpProxy[], how: Hardness) => Promise<string>

const late: Ill = async (wires, { between }) => {
  const milliseconds = between(50, 900)
  for (const wire of wires) wire.delay(milliseconds)
  await pause(between(500, 2500))
  for (const wire of wires) wire.delay(0)
  return `${milliseconds} ms`
}
const reset: Ill = async (wires, { between }) => {
  const times = between(1, 3)
  for (let at = 0; at < times; at++) {
    for (const wire of wires) wire.reset()
    await pause(between(0, 300))
  }
  return `${times} times`
}
const silent: Ill = async (wires) => {
  for (const wire of wires) wire.halfOpen()
  return 'for good'
}
const still: Ill = async (wires, { between }) => {
  for (const wire of wires) wire.hold()
  const milliseconds = between(300, 5000)
  await pause(milliseconds)
  return `for ${milliseconds} ms`
}
const cut: Ill = async (wires, { between }) => {
  await Promise.all(wires.map((wire) => wire.cut()))
  const milliseconds = between(200, 3000)
  await pause(milliseconds)
  return `for ${milliseconds} ms`
}

const ills: readonly [what: string, ill: Ill, where: readonly Where[]][] = [
  ['late', late, ['to PostgreSQL', 'between services', 'to the gateways']],
  ['reset', reset, ['to PostgreSQL', 'between services', 'to the gateways']],
  ['half open', silent, ['to PostgreSQL', 'between services']],
  ['standing still', still, ['to PostgreSQL', 'between services', 'to the gateways']],
  ['cut', cut, ['to PostgreSQL', 'between services']],
]

export const wireKinds: readonly Kind[] = ills.flatMap(([what, ill, places]) =>
  places.map((where) => ({
    name: `connections ${where} ${what}`,
    weight: 1,
    async strike(stage: Stage, how: Hardness) {
      const { name, wires } = choose(stage, where, how)
      try {
        return `${name}, ${await ill(wires, how)}`
      } finally {
        // A part that ended meanwhile must go on refusing.
        const dead = new Set(stage.split.parts.filter((part) => !part.isRunning()).map(({ door }) => door))
        await Promise.all(wires.filter((wire) => !dead.has(wire)).map((wire) => wire.heal()))
      }
    },
  })),
)
