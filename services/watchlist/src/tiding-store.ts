import type { Queryable, Transaction } from '@marquee/kit/sql'

export type Tiding = { showId: string; cursor: string | null; takenUntil: string }

/** Queues a show whose film people wait for; whoever is at it with another film begins anew. */
export async function queueTiding(tx: Transaction, showId: string): Promise<void> {
  await tx.query(
    'insert into tidings (show_id, taken_until) values ($1, clock()) on conflict (show_id) do update set cursor = null, taken_until = clock()',
    [showId],
  )
}

/** Takes one that is nobody's for a minute; who dies leaves it to the next, where its last page ended. */
export async function takeTiding(db: Queryable): Promise<Tiding | undefined> {
  const { rows } = await db.query<Tiding>(
    `update tidings set taken_until = clock() + interval '1 minute'
      where show_id = (select show_id from tidings where taken_until <= clock()
                        order by taken_until, show_id limit 1 for update skip locked)
      returning show_id as "showId", cursor, taken_until::text as "takenUntil"`,
    [],
    { name: 'watchlist-take-tiding' },
  )
  return rows[0]
}

/** Notes how far it is, and takes it for a minute more; undefined when it is no longer ours. */
export async function noteProgress(
  db: Queryable,
  { showId, takenUntil }: Tiding,
  cursor: string,
): Promise<Tiding | undefined> {
  const { rows } = await db.query<Tiding>(
    `update tidings set cursor = $3, taken_until = clock() + interval '1 minute'
      where show_id = $1 and taken_until = $2::timestamptz
      returning show_id as "showId", cursor, taken_until::text as "takenUntil"`,
    [showId, takenUntil, cursor],
    { name: 'watchlist-note-progress' },
  )
  return rows[0]
}

/** Leaves it to the next where its last page ended, unless it is no longer ours. */
export async function handBackTiding(db: Queryable, { showId, takenUntil }: Tiding): Promise<void> {
  await db.query(
    'update tidings set taken_until = clock() where show_id = $1 and taken_until = $2::timestamptz',
    [showId, takenUntil],
  )
}

/** Ends it, unless it was queued anew meanwhile. */
export async function endTiding(db: Queryable, { showId, takenUntil }: Tiding): Promise<void> {
  await db.query('delete from tidings where show_id = $1 and taken_until = $2::timestamptz', [
    showId,
    takenUntil,
  ])
}
