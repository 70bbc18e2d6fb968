import type { GroupDeclaration } from '../contract/index.ts'
import type { Logger } from '../telemetry/index.ts'
import type { Consume, Outcome } from './bus.ts'
import { createLoop, type Loop } from './loop.ts'

/** Of each group, by its name, the events that its newest version takes. */
export type Newest = ReadonlyMap<string, ReadonlySet<string>>

/** What queues were once given and nobody takes any more; all of it where no version of the group is left. */
export type StruckOut = { group: string; events: readonly string[]; forgotten: boolean }

export type GroupVersions = {
  /** Notes what the groups take in this process; says whether processes that run already must hear of it. */
  note(groups: readonly GroupDeclaration[]): Promise<boolean>
  /** Says that this process still runs: a version that nobody renews for a week counts no more. */
  renew(): Promise<void>
  newest(): Promise<Newest>
  /** Of every group that was ever noted. What this process takes is never among it. */
  struckOut(): Promise<StruckOut[]>
  forget(group: string): Promise<void>
  /**
   * Hands a group only what this version of it takes. What a newer one takes fails, so that it waits for it; what the
   * newest does not take any more is done with.
   */
  sparing(group: string, how: Consume): Consume
}

type Row = { name: string; events: string[]; living: boolean }

const living = (renewedAt: string) => `${renewedAt} > now() - interval '7 days'`

/**
 * Every set of events that a group was ever declared with, and since when. A process that starts with a set known for
 * longer than another is of an older version, in the middle of an upgrade or after one was taken back: it must not
 * strike out what the newer one added.
 */
export function createGroupVersions({
  sql,
  schema,
}: {
  sql: <Found extends object>(text: string, values?: unknown[]) => Promise<{ rows: Found[] }>
  schema: string
}): GroupVersions {
  const table = `${schema}.group_version`
  const own = new Map<string, ReadonlySet<string>>()

  async function look(): Promise<{ rows: Row[]; newest: Newest }> {
    const { rows } = await sql<Row>(
      `select group_name as name, events, ${living('renewed_at')} as living from ${table} order by since desc`,
    )
    const newest = new Map<string, ReadonlySet<string>>()
    for (const { name, events, living } of rows)
      if (living && !newest.has(name)) newest.set(name, new Set(events))
    return { rows, newest }
  }

  const versions: GroupVersions = {
    async note(groups) {
      await sql(makingTheTable(table))
      for (const { name, events } of groups) own.set(name, new Set(events.map((event) => event.name)))
      const before = await look()
      const known = await declare(groups.map(({ name }) => name))
      return before.newest.size > 0 && known.includes(false)
    },

    renew: async () => void (await declare([...own.keys()])),

    newest: async () => (await look()).newest,

    async struckOut() {
      const { rows, newest } = await look()
      return [...Map.groupBy(rows, ({ name }) => name)].map(([group, all]) => ({
        group,
        events: [...new Set(all.flatMap(({ events }) => events))].filter(
          (event) => !newest.get(group)?.has(event) && !own.get(group)?.has(event),
        ),
        forgotten: !newest.has(group) && !own.has(group),
      }))
    },

    async forget(group) {
      await sql(`delete from ${table} where group_name = $1 and not ${living('renewed_at')}`, [group])
    },

    sparing: (group, { batchSize, handle }) => ({
      batchSize,
      async handle(events) {
        const taken = own.get(group)
        if (events.every(({ name }) => taken?.has(name))) return handle(events)
        // Asked anew: who relayed it may have known of the newer version for longer.
        const newer = (await versions.newest()).get(group)
        const ours = events.filter(({ name }) => taken?.has(name))
        const outcomes = ours.length > 0 ? await handle(ours) : []
        const of = new Map(ours.map(({ id }, at) => [id, outcomes[at]]))
        return events.map(({ id, name }) => {
          const others: Outcome = newer?.has(name)
            ? { ok: false, error: new Error(`only a newer version of ${group} takes ${name}`) }
            : { ok: true }
          return of.get(id) ?? others
        })
      },
    }),
  }
  return versions

  /** Of each, whether others may know of it already. In order, so that nobody waits for somebody who waits for them. */
  async function declare(names: readonly string[]): Promise<boolean[]> {
    const given = names.map((name) => ({ name, events: [...(own.get(name) ?? [])].toSorted() }))
    const { rows } = await sql<{ known: boolean }>(
      `insert into ${table} as known (group_name, events)
       select name, events from jsonb_to_recordset($1::jsonb) as given (name text, events text[]) order by name
       on conflict (group_name, events) do update set renewed_at = now(),
         since = case when ${living('known.renewed_at')} then known.since else now() end
       returning coalesce(${living('old.renewed_at')}, false) as known`,
      [JSON.stringify(given)],
    )
    return rows.map(({ known }) => known)
  }
}

/** Works once it is started and every hour from then on. */
export function everyHour(work: () => Promise<void>, log: Logger): Loop {
  return createLoop({
    work: () => work().then(() => 0),
    pollMilliseconds: 3_600_000,
    lingerMilliseconds: 0,
    fullBatch: 1,
    onError: (error) => log.error({ err: error }, 'the groups could not be declared again; trying later'),
  })
}

/** Two processes that make the same table at once would stumble over each other. */
const makingTheTable = (table: string) => `do $$
  begin
    if to_regclass('${table}') is not null then return; end if;
    perform pg_advisory_xact_lock(hashtextextended('${table}', 0));
    create table if not exists ${table} (
      group_name text not null,
      -- In the order of the alphabet.
      events text[] not null,
      since timestamptz not null default now(),
      renewed_at timestamptz not null default now(),
      primary key (group_name, events)
    );
  end $$`
