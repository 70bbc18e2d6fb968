import type { EventDeclaration, GroupDeclaration } from '../contract/index.ts'
import type { Database, Transaction } from '../sql/index.ts'
import { runWithContext } from '../telemetry/index.ts'
import { claimNew } from './applied.ts'
import type { Outcome } from './bus.ts'
import type { Envelope, EventOf } from './envelope.ts'

/** A group and what it does with its events. */
export type Subscription = {
  group: GroupDeclaration
  batchSize: number
  /** One outcome an event, in order. What was applied before is not applied again. */
  handle: (events: readonly Envelope[], db: Database) => Promise<Outcome[]>
}

/** A handler for every event of the group, by the event's name. */
export type Handlers<Events extends readonly EventDeclaration[], Rest extends unknown[]> = {
  [Name in Events[number]['name']]: (
    event: EventOf<Extract<Events[number], { name: Name }>>,
    ...rest: Rest
  ) => Promise<void>
}

type AnyHandler<Rest extends unknown[]> = (event: never, ...rest: Rest) => Promise<void>

/**
 * Applies each event of a group once, in a transaction that also remembers it. With `together`, up to so many
 * share a transaction, and are tried singly when it fails: only for handlers that lock no more than one thing
 * each, since a shared transaction takes their locks in the order of the events.
 */
export function on<const Events extends readonly EventDeclaration[]>(
  group: GroupDeclaration<Events>,
  handlers: Handlers<Events, [tx: Transaction]>,
  { together = 1 }: { together?: number } = {},
): Subscription {
  const run = runner<[Transaction]>(group, handlers)
  const apply = (db: Database, events: readonly Envelope[]) =>
    db.transaction(async (tx) => {
      const fresh = await claimNew(tx, group.name, events)
      for (const event of fresh) await run(event, tx)
    })

  return {
    group,
    batchSize: Math.max(together, 50),
    handle: (events, db) => inLots(events, together, (some) => apply(db, some)),
  }
}

/** Lots of events, each applied together, and singly when that fails. */
async function inLots(
  events: readonly Envelope[],
  size: number,
  apply: (some: readonly Envelope[]) => Promise<void>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let start = 0; start < events.length; start += size) {
    const some = events.slice(start, start + size)
    const outcome = await attempt(() => apply(some))
    if (outcome.ok || some.length === 1) outcomes.push(...some.map(() => outcome))
    else for (const event of some) outcomes.push(await attempt(() => apply([event])))
  }
  return outcomes
}

/** Any event of these. */
type AnyOf<Events extends readonly EventDeclaration[]> = {
  [Name in Events[number]['name']]: EventOf<Extract<Events[number], { name: Name }>>
}[Events[number]['name']]

/**
 * Applies up to `together` events of a group at once, in one transaction that also remembers them: for bursts that one
 * statement can take. When it fails they are tried singly. Runs in no event's context.
 */
export function onMany<const Events extends readonly EventDeclaration[]>(
  group: GroupDeclaration<Events>,
  handle: (events: AnyOf<Events>[], tx: Transaction) => Promise<void>,
  { together }: { together: number },
): Subscription {
  const parse = parser(group)
  const apply = (db: Database, events: readonly Envelope[]) =>
    db.transaction(async (tx) => {
      const fresh = await claimNew(tx, group.name, events)
      if (fresh.length > 0) await handle(fresh.map(parse) as AnyOf<Events>[], tx)
    })
  return {
    group,
    batchSize: together,
    handle: (events, db) => inLots(events, together, (some) => apply(db, some)),
  }
}

/** Commits an effect once for the event in hand; false when it was applied before. */
export type Apply = (effect: (tx: Transaction) => Promise<void>) => Promise<boolean>

/**
 * For handlers that must first ask or tell somebody outside the database: they run outside any transaction, and
 * commit what came of it through `apply`. What is done outside may be done again after a crash. An event whose handler
 * had nothing to commit is remembered once it is through.
 */
export function onOutside<const Events extends readonly EventDeclaration[]>(
  group: GroupDeclaration<Events>,
  handlers: Handlers<Events, [apply: Apply]>,
): Subscription {
  const run = runner<[Apply]>(group, handlers)
  return {
    group,
    batchSize: 10,
    async handle(events, db) {
      const outcomes: Outcome[] = []
      for (const event of events) {
        let remembered = false
        const apply: Apply = async (effect) => {
          const isFresh = await db.transaction(async (tx) => {
            const [fresh] = await claimNew(tx, group.name, [event])
            if (fresh) await effect(tx)
            return fresh !== undefined
          })
          remembered = true
          return isFresh
        }
        outcomes.push(
          await attempt(async () => {
            await run(event, apply)
            if (!remembered) await apply(async () => {})
          }),
        )
      }
      return outcomes
    },
  }
}

async function attempt(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work()
    return { ok: true }
  } catch (error) {
    // Whatever went wrong, the bus tries again later and keeps the reason.
    return { ok: false, error }
  }
}

function runner<Rest extends unknown[]>(group: GroupDeclaration, handlers: object) {
  const byName = new Map(Object.entries(handlers) as [string, AnyHandler<Rest>][])
  const parse = parser(group)
  return async (event: Envelope, ...rest: Rest): Promise<void> => {
    const handler = byName.get(event.name)
    if (!handler) throw new Error(`${group.name} has no handler for ${event.name}`)
    const parsed = parse(event)
    const { correlationId, traceparent } = event
    await runWithContext({ correlationId, traceparent }, () => handler(parsed as never, ...rest))
  }
}

function parser(group: GroupDeclaration) {
  const declared = new Map(group.events.map((event) => [event.name, event]))
  return (event: Envelope) => {
    const declaration = declared.get(event.name)
    if (!declaration) throw new Error(`${group.name} does not take ${event.name}`)
    return { ...event, payload: declaration.schema.parse(event.payload) }
  }
}
