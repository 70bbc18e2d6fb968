import type { Queryable, Transaction } from '@marquee/kit/sql'

export type Tiding = { showId: string; cursor: string | null }

/** Queues a show whose film people wait for. */
export async function queueTiding(tx: Transaction, showId: string): Promise<void> {
  await tx.query(
    'insert into tidings (show_id, taken_until) values ($1, clock()) on conflict (show_id) do update set cursor = null',
    [showId],
  )
}

/** Takes one that is nobody's for a minute; who dies leaves it to the next, where its last page ended. */
export async function takeTiding(db: Queryable): Promise<Tiding | undefined> {
  const { rows } = await db.query<Tiding>(
    `update tidings set taken_until = clock() + interval '1 minute'
      where show_id = (select show_id from tidings where taken_until <= clock()
                        order by taken_until, show_id limit 1 for update skip locked)
      returning show_id as "showId", cursor`,
    [],
    { name: 'watchlist-take-tiding' },
  )
  return rows[0]
}

export async function noteProgress(db: Queryable, { showId, cursor }: Tiding): Promise<void> {
  await db.query(
    "update tidings set cursor = $2, taken_until = clock() + interval '1 minute' where show_id = $1",
    [showId, cursor],
    { name: 'watchlist-note-progress' },
  )
}

export async function endTiding(db: Queryable, showId: string): Promise<void> {
  await db.query('delete from tidings where show_id = $1', [showId])
}
