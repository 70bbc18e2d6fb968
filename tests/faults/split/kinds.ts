import type { EngineName, Engines } from '../../harness/engines.ts'
import type { Random } from '../random.ts'
import { engineKinds } from './kinds-engines.ts'
import { messageKinds } from './kinds-messages.ts'
import { processKinds } from './kinds-processes.ts'
import { providerKinds } from './kinds-provider.ts'
import { wireKinds } from './kinds-wires.ts'
import type { Stage } from './stage.ts'

/** One way in which things go wrong: done, borne for a while, and put right again. */
export type Kind = {
  name: string
  /** How often it comes among the others. */
  weight: number
  /** Not put right before all has been judged. */
  lasts?: boolean
  /** Only where there are these; `embedded` is the bus in PostgreSQL. */
  needs?: readonly (EngineName | 'embedded')[]
  /** Says what it was done to. Whatever is awaited here the rush goes through. */
  strike: (stage: Stage, how: Hardness) => Promise<string>
}
export type Hardness = {
  /** A whole number from `least` to `most`, of this run's luck. */
  between: (least: number, most: number) => number
  oneOf: <T>(list: readonly T[]) => T
  /** Seconds that a stopped process may sleep, at most. */
  longestSleep: number
}

export const allKinds: readonly Kind[] = [
  ...processKinds,
  ...wireKinds,
  ...providerKinds,
  ...messageKinds,
  ...engineKinds,
]

/** Those that can befall an installation with these engines. */
export const kindsFor = (engines: Engines): readonly Kind[] =>
  allKinds.filter(({ needs = [] }) =>
    needs.every((one) => (one === 'embedded' ? engines.rabbit === undefined : engines[one] !== undefined)),
  )

export function createHardness(random: Random, longestSleep: number): Hardness {
  return {
    between: (least, most) => least + Math.floor(random() * (most - least + 1)),
    oneOf: (list) => {
      const one = list[Math.floor(random() * list.length)]
      if (one === undefined) throw new Error('nothing to choose from')
      return one
    },
    longestSleep,
  }
}

/** So many kinds for one round. */
export const drawRound = (draw: Iterator<Kind, never>, count: number): Kind[] =>
  Array.from({ length: count }, () => draw.next().value)

/** Kinds in an order of the seed's own, each as often as its weight says before any comes again. */
export function* drawKinds(random: Random, kinds: readonly Kind[]): Generator<Kind, never> {
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  const deck = kinds.flatMap(({ name, weight }) => Array<string>(weight).fill(name))
  for (;;)
    for (const name of random.shuffled(deck)) {
      const kind = byName.get(name)
      if (kind) yield kind
    }
}
