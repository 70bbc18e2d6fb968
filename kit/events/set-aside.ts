import type { Database } from '../sql/index.ts'
import type { DeadLetter, DeadLetters } from './bus.ts'
import type { Envelope } from './envelope.ts'

/** The files that the bus's own schema needs beside a broker. */
export const busMigrations = new URL('./bus-migrations/', import.meta.url)

export type Failure = { event: Envelope; reason: string }

/** What groups could not take, kept in PostgreSQL until it is taken, or dropped. */
export type SetAside = {
  /** Notes failures; resolves once they are durable. One more try each. */
  put(group: string, failures: readonly Failure[]): Promise<void>
  /**
   * Hands out what is due, in the order it was published, to one process at a time: what is not settled within the
   * lease is handed out again.
   */
  take(group: string, most: number): Promise<Envelope[]>
  settle(group: string, eventIds: readonly string[]): Promise<void>
  /** Makes everything that waits due now. */
  hurry(): Promise<void>
  counts(): Promise<{ group: string; waiting: number; dead: number }[]>
  /** Takes over what waits in pg-boss's queues, for an installation that had no broker before. */
  adopt(): Promise<void>
  deadLetters: DeadLetters
}

type Row = { group: string; event: Envelope; reason: string; attempts: number; died_at: Temporal.Instant }

// Seconds, minutes, then an hour each time: 130 tries are about five days, as with the embedded bus.
const pause = `make_interval(secs => least(3600, 2 ^ least(12, tries - 1)))`
// Longer than PostgreSQL lets any statement run: whoever has not settled by then is gone.
const lease = `interval '1 minute'`

export function createSetAside({
  db,
  schema,
  tries,
  wake,
}: {
  db: Database
  schema: string
  /** So many make a dead letter. */
  tries: number
  wake: () => void
}): SetAside {
  const table = `${schema}.set_aside`
  const find = async (where: string, values: unknown[], limit = 1): Promise<DeadLetter[]> => {
    const { rows } = await db.query<Row>(
      `select group_name as group, event, reason, tries as attempts, failed_at as died_at from ${table}
        where due_at is null and ${where}
        order by date_trunc('milliseconds', failed_at) desc, event_id desc limit ${limit}`,
      values,
    )
    return rows.map(({ died_at, ...row }) => ({
      ...row,
      diedAt: died_at.toString({ fractionalSecondDigits: 3 }),
    }))
  }

  return {
    async put(group, failures) {
      await db.query(
        `insert into ${table} as known (group_name, event_id, event, tries, reason, due_at)
         select $1, event_id, event, 1, reason, case when $3 > 1 then clock_timestamp() + interval '1 second' end
           from jsonb_to_recordset($2::jsonb) as failed (event_id uuid, event jsonb, reason text)
         on conflict (group_name, event_id) do update
           set tries = known.tries + 1, reason = excluded.reason, failed_at = clock_timestamp(),
               due_at = (select case when again.tries < $3 then clock_timestamp() + ${pause} end
                           from (select known.tries + 1 as tries) as again)`,
        [
          group,
          JSON.stringify(failures.map(({ event, reason }) => ({ event_id: event.id, event, reason }))),
          tries,
        ],
      )
    },

    async take(group, most) {
      const { rows } = await db.query<{ event: Envelope }>(
        `update ${table} as taken set due_at = clock_timestamp() + ${lease}
           from (select event_id from ${table}
                  where group_name = $1 and due_at <= clock_timestamp()
                  order by due_at, event_id limit $2 for update skip locked) as due
          where taken.group_name = $1 and taken.event_id = due.event_id
         returning taken.event`,
        [group, most],
        { name: 'bus-take-due' },
      )
      return rows.map(({ event }) => event).toSorted((one, other) => one.position - other.position)
    },

    async settle(group, eventIds) {
      await db.query(`delete from ${table} where group_name = $1 and event_id = any($2::uuid[])`, [
        group,
        eventIds,
      ])
    },

    async hurry() {
      await db.query(`update ${table} set due_at = clock_timestamp() where due_at is not null`)
    },

    async counts() {
      const { rows } = await db.query<{ group: string; waiting: number; dead: number }>(
        `select group_name as group, count(due_at)::int as waiting, (count(*) - count(due_at))::int as dead
           from ${table} group by group_name`,
      )
      return rows
    },

    async adopt() {
      const { rows } = await db.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
        `${schema}.job`,
      ])
      if (!rows[0]?.there) return
      await db.query(
        `with moved as (delete from ${schema}.job where state <> 'completed' returning *)
         insert into ${table} (group_name, event_id, event, tries, reason, due_at)
         select name, id, data, retry_count, coalesce(output ->> 'reason', 'it waited in the embedded bus'),
                case when state <> 'failed' then clock_timestamp() end
           from moved where data ? 'id'
         on conflict do nothing`,
      )
    },

    deadLetters: {
      list({ group, limit = 100, after } = {}) {
        const where = ['true']
        const values: unknown[] = []
        const given = (value: unknown) => `$${values.push(value)}`
        if (group !== undefined) where.push(`group_name = ${given(group)}`)
        if (after)
          where.push(
            `(date_trunc('milliseconds', failed_at), event_id) < (${given(after.diedAt)}::timestamptz, ${given(after.eventId)}::uuid)`,
          )
        return find(where.join(' and '), values, limit)
      },
      show: async (group, eventId) => (await find('group_name = $1 and event_id = $2', [group, eventId]))[0],
      async replay(group, eventId) {
        const { rowCount } = await db.query(
          `update ${table} set due_at = clock_timestamp(), tries = 0
            where due_at is null and group_name = $1 and event_id = coalesce($2::uuid, event_id)`,
          [group, eventId ?? null],
        )
        if (rowCount > 0) wake()
        return rowCount
      },
      async drop(group, eventId) {
        const { rowCount } = await db.query(
          `delete from ${table} where due_at is null and group_name = $1 and event_id = $2`,
          [group, eventId],
        )
        return rowCount > 0
      },
    },
  }
}
