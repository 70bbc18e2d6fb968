import type { WhenAndWhere } from '@marquee/contracts/booking'
import type { ShowFacts } from '@marquee/contracts/theaters'
import type { Queryable, Transaction } from '@marquee/kit/sql'

/**
 * Notes that these facts move a show, which is locked, away from where the facts that they are about to replace say it is.
 * Not one that was cancelled, nor one that nobody has tickets for; whether it has begun is asked when it is told.
 */
export async function noteMove(tx: Transaction, facts: ShowFacts): Promise<void> {
  await tx.query(
    `insert into show_moves (show_id, facts_version, before, moved_at)
     select s.id, $2, json_build_object('startsAt', f.facts -> 'startsAt', 'localStart', f.facts -> 'localStart',
              'screenId', f.facts -> 'screenId', 'screenName', f.facts -> 'screenName'), clock()
       from shows s join show_facts f on f.show_id = s.id
      where s.id = $1 and not s.cancelled
        and ((f.facts ->> 'startsAt')::timestamptz <> $3 or f.facts ->> 'screenId' <> $4)
        and exists (select from orders o where o.show_id = s.id and o.status in ('confirmed', 'partly-refunded'))`,
    [facts.showId, facts.version, facts.startsAt, facts.screenId],
  )
}

export async function findMovedShows(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    'select distinct show_id as id from show_moves order by show_id limit 20',
  )
  return rows.map(({ id }) => id)
}

export type UntoldOrder = { id: string; version: number; before: WhenAndWhere }

/**
 * Sold orders of a locked show that were not told of a move since they were sold, by their ids. `before`: where the show
 * was when its holder bought, or was told last.
 */
export async function findUntold(tx: Transaction, showId: string, most: number): Promise<UntoldOrder[]> {
  const { rows } = await tx.query<UntoldOrder>(
    `select o.id, o.version, m.before
       from orders o cross join lateral (
         select before from show_moves
          where show_id = o.show_id and moved_at > o.confirmed_at and (told_to is null or told_to < o.id)
          order by facts_version limit 1) m
      where o.show_id = $1 and o.status in ('confirmed', 'partly-refunded') order by o.id limit $2`,
    [showId, most],
  )
  return rows
}

/** All orders up to this one know where the show is now. */
export async function noteTold(tx: Transaction, showId: string, orderId: string): Promise<void> {
  await tx.query(
    'update show_moves set told_to = $2 where show_id = $1 and (told_to is null or told_to < $2)',
    [showId, orderId],
  )
}

/** Nobody is left to be told where the show, which is locked, is now. */
export async function forgetMoves(tx: Transaction, showId: string): Promise<void> {
  await tx.query('delete from show_moves where show_id = $1', [showId])
}
