import { setTimeout as delay } from 'node:timers/promises'
import type { GroupDeclaration } from '../contract/index.ts'

export type Bindings = {
  /** Resolves once whatever anybody relays reaches these groups. */
  declare(groups: readonly GroupDeclaration[]): Promise<void>
  /** The groups that want each event, by its name, as every version that runs has declared them. */
  now(): Promise<ReadonlyMap<string, ReadonlySet<string>>>
}

type Binding = { event: string; name: string }

type Options = {
  sql: (text: string, values?: unknown[]) => Promise<{ rows: (Binding & { fresh?: boolean })[] }>
  /** Of pg-boss. */
  schema: string
  /** No other process uses the bus: nobody need hear of what is new. */
  alone: boolean
}

/** How old may be what a process knows of the others' groups. */
const readEveryMilliseconds = 1000
/** A group that nobody declares any more is given no further events after so long. */
const forgottenAfter = "interval '7 days'"
const refreshEveryMilliseconds = 3_600_000

/**
 * Which groups want which events, kept where every process reads it: while versions change, the older processes relay for
 * groups that only the newer ones know, as a broker's own bindings would.
 */
export function createBindings({ sql, schema, alone }: Options): Bindings {
  const own: Binding[] = []
  let all: ReadonlyMap<string, ReadonlySet<string>> = new Map()
  let readAt = Number.NEGATIVE_INFINITY
  let refreshedAt = performance.now()

  return {
    async declare(groups) {
      const wanted = groups.flatMap(({ name, events }) => events.map((one) => ({ name, event: one.name })))
      own.push(...wanted)
      all = byEvent(own)
      readAt = Number.NEGATIVE_INFINITY
      const names = groups.map(({ name }) => name)
      const others = await sql(
        `select event, name from ${schema}.subscription where name <> all($1::text[]) limit 1`,
        [names],
      )
      await sql(
        `delete from ${schema}.subscription
          where name = any($1::text[]) and (event, name) not in (select * from unnest($2::text[], $3::text[]))`,
        [names, wanted.map(({ event }) => event), wanted.map(({ name }) => name)],
      )
      const fresh = await keep(wanted)
      const somebodyElse = others.rows.length > 0 || fresh < wanted.length
      if (fresh > 0 && somebodyElse && !alone) await delay(2 * readEveryMilliseconds)
    },

    async now() {
      if (!alone && performance.now() - readAt > readEveryMilliseconds) await read()
      return all
    },
  }

  /** Says how many were not known before. */
  async function keep(wanted: readonly Binding[]): Promise<number> {
    const { rows } = await sql(
      `insert into ${schema}.subscription as s (event, name)
       select * from unnest($1::text[], $2::text[]) as w (event, name) order by 1, 2
       on conflict (event, name) do update set updated_on = now()
       returning event, name, xmax::text = '0' as fresh`,
      [wanted.map(({ event }) => event), wanted.map(({ name }) => name)],
    )
    return rows.filter(({ fresh }) => fresh).length
  }

  async function read(): Promise<void> {
    const began = performance.now()
    if (began - refreshedAt > refreshEveryMilliseconds) {
      // What a newer version struck out meanwhile stays so.
      await sql(
        `update ${schema}.subscription set updated_on = now()
          where (event, name) in (select * from unnest($1::text[], $2::text[]))`,
        [own.map(({ event }) => event), own.map(({ name }) => name)],
      )
      refreshedAt = began
    }
    const { rows } = await sql(
      `select event, name from ${schema}.subscription where updated_on > now() - ${forgottenAfter}`,
    )
    all = byEvent([...own, ...rows])
    readAt = began
  }
}

function byEvent(bindings: readonly Binding[]): Map<string, Set<string>> {
  const groups = Map.groupBy(bindings, ({ event }) => event)
  return new Map([...groups].map(([event, list]) => [event, new Set(list.map(({ name }) => name))]))
}
