import type { Database, Queryable } from '@marquee/kit/sql'
import { keepLatest } from './persist-ratings.ts'

/** A rating with its place in the intake. `half` counts half stars, 0 takes it back. */
export type StampedRating = {
  userId: string
  movieId: string
  half: number
  sequence: number
  ratedAt: string | Temporal.Instant
}

// A rating of the past that was brought in meanwhile yields, though its place is a later one; then the place is a new
// one, so that those who are told see it as the latest. First ratings, then what waits: everybody locks in this order.
const upsert = `
  with given as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[], $5::timestamptz[])
      as g (user_id, movie_id, stars, sequence, rated_at)
  ), cleared as (
    delete from pending_ratings p using (
      select w.user_id, w.movie_id from pending_ratings w join given g using (user_id, movie_id)
       where w.sequence <= g.sequence order by w.user_id, w.movie_id for update of w
    ) as done where p.user_id = done.user_id and p.movie_id = done.movie_id
  )
  insert into ratings as r (user_id, movie_id, stars, sequence, rated_at)
  select user_id, movie_id, stars, sequence, rated_at from given order by user_id, movie_id
  on conflict (user_id, movie_id) do update
    set stars = excluded.stars, rated_at = excluded.rated_at, imported = false,
        sequence = case when r.sequence < excluded.sequence then excluded.sequence else nextval('rating_sequence') end
    where r.sequence < excluded.sequence or (r.imported and r.rated_at < excluded.rated_at)`

/** Writes what is later than what stands, and forgets that it waited; repeating it, in any order, changes nothing. */
export async function persistStamped(db: Queryable, ratings: readonly StampedRating[]): Promise<void> {
  const { latest } = keepLatest(ratings)
  await db.query(
    upsert,
    [
      latest.map(({ userId }) => userId),
      latest.map(({ movieId }) => movieId),
      latest.map(({ half }) => half),
      latest.map(({ sequence }) => sequence),
      latest.map(({ ratedAt }) => ratedAt),
    ],
    { name: 'reviews-persist-stamped' },
  )
}

/**
 * Writes what has waited for so long that its queue must be late or lost: no acknowledged rating depends on the broker
 * alone. Says how many there were.
 */
export async function persistLate(db: Database, seconds = 5): Promise<number> {
  const { rows } = await db.query<StampedRating>(
    `select user_id as "userId", movie_id as "movieId", stars as half, sequence, rated_at as "ratedAt"
       from pending_ratings where rated_at < clock() - make_interval(secs => $1) order by rated_at limit 1000`,
    [seconds],
    { name: 'reviews-late-ratings' },
  )
  if (rows.length > 0) await persistStamped(db, rows)
  return rows.length
}
