import { setTimeout as delay } from 'node:timers/promises'
import type { GroupDeclaration } from '../contract/index.ts'
import type { GroupVersions } from './group-versions.ts'

export type Bindings = {
  /** Resolves once whatever anybody relays reaches these groups. */
  declare(groups: readonly GroupDeclaration[]): Promise<void>
  /** The groups that want each event, by its name: what this process has declared, and the newest version of each. */
  now(): Promise<ReadonlyMap<string, ReadonlySet<string>>>
}

type Binding = { event: string; name: string }

type Options = {
  versions: Pick<GroupVersions, 'note' | 'newest'>
  /** No other process uses the bus: nobody need hear of what is new. */
  alone: boolean
}

/** How old may be what a process knows of the others' groups. */
const readEveryMilliseconds = 1000

/**
 * Which groups want which events, read where every process notes its own: while versions change, the older processes
 * relay for groups that only the newer ones know, as a broker's own bindings would.
 */
export function createBindings({ versions, alone }: Options): Bindings {
  const own: Binding[] = []
  let all: ReadonlyMap<string, ReadonlySet<string>> = new Map()
  let readAt = Number.NEGATIVE_INFINITY

  return {
    async declare(groups) {
      own.push(...groups.flatMap(({ name, events }) => events.map((one) => ({ name, event: one.name }))))
      all = byEvent(own)
      readAt = Number.NEGATIVE_INFINITY
      const othersMustHear = await versions.note(groups)
      if (othersMustHear && !alone) await delay(2 * readEveryMilliseconds)
    },

    async now() {
      if (!alone && performance.now() - readAt > readEveryMilliseconds) await read()
      return all
    },
  }

  async function read(): Promise<void> {
    const began = performance.now()
    const newest = [...(await versions.newest())]
    all = byEvent([
      ...own,
      ...newest.flatMap(([name, events]) => [...events].map((event) => ({ event, name }))),
    ])
    readAt = began
  }
}

function byEvent(bindings: readonly Binding[]): Map<string, Set<string>> {
  const groups = Map.groupBy(bindings, ({ event }) => event)
  return new Map([...groups].map(([event, list]) => [event, new Set(list.map(({ name }) => name))]))
}
