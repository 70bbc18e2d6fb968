import type { Database, Transaction } from '../sql/index.ts'
import type { Envelope } from './envelope.ts'

/** Remembers, in the transaction of the effect, that a group applied the events; returns those it had not yet. */
export async function claimNew(
  tx: Transaction,
  group: string,
  events: readonly Envelope[],
): Promise<Envelope[]> {
  const { rows } = await tx.query<{ event_id: string }>(
    `insert into applied_events (group_name, event_id)
     select $1, id from unnest($2::uuid[]) as id order by id
     on conflict do nothing returning event_id`,
    [group, events.map(({ id }) => id)],
    { name: 'events-claim' },
  )
  const fresh = new Set(rows.map(({ event_id }) => event_id))
  // Deleting makes an id that came twice in one batch count once.
  return events.filter(({ id }) => fresh.delete(id))
}

/** Forgets what was applied so long ago that it cannot come again; says how many. */
export async function forgetApplied(db: Database, days = 60): Promise<number> {
  const { rowCount } = await db.query(
    `delete from applied_events where applied_at < clock_timestamp() - make_interval(days => $1)`,
    [days],
  )
  return rowCount
}
