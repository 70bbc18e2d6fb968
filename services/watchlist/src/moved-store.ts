import type { Queryable } from '@marquee/kit/sql'

/** Notes that somebody is about to move; looked at in a minute, should nobody say before that it is done. */
export async function announceMove(db: Queryable, userId: string): Promise<void> {
  await db.query(
    `insert into moved (user_id, taken_until) values ($1, clock() + interval '1 minute')
     on conflict (user_id) do update set taken_until = excluded.taken_until`,
    [userId],
  )
}

export async function finishMove(db: Queryable, userId: string): Promise<void> {
  await db.query(
    `insert into moved (user_id, taken_until) values ($1, clock())
     on conflict (user_id) do update set taken_until = excluded.taken_until`,
    [userId],
  )
}

export type Move = { userId: string; takenUntil: string }

/** Takes one that is nobody's for a minute; who dies leaves it to the next. */
export async function takeMove(db: Queryable): Promise<Move | undefined> {
  const { rows } = await db.query<Move>(
    `update moved set taken_until = clock() + interval '1 minute'
      where user_id = (select user_id from moved where taken_until <= clock()
                        order by taken_until, user_id limit 1 for update skip locked)
      returning user_id as "userId", taken_until::text as "takenUntil"`,
    [],
    { name: 'watchlist-take-move' },
  )
  return rows[0]
}

/** Ends it, unless they have moved again meanwhile. */
export async function endMove(db: Queryable, { userId, takenUntil }: Move): Promise<void> {
  await db.query('delete from moved where user_id = $1 and taken_until = $2::timestamptz', [
    userId,
    takenUntil,
  ])
}

export async function forgetMove(db: Queryable, userId: string): Promise<void> {
  await db.query('delete from moved where user_id = $1', [userId])
}
