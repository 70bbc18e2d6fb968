import type { Cache } from '@marquee/kit/cache'
import type { Database } from '@marquee/kit/sql'

type Deps = { db: Database; cache: Cache }

// Few enough that nobody who rates again waits long for their row.
const most = 2000
// One run ends, though films be rated faster than they are settled.
const mostRounds = 100

const levels = Array.from({ length: 10 }, (_, at) => at + 1)
const gained = levels
  .map((half) => `count(*) filter (where stars = ${half}) - count(*) filter (where before = ${half})`)
  .join(', ')
const added = levels.map((half) => `f.histogram[${half}] + excluded.histogram[${half}]`).join(', ')

// Rows that somebody is writing are left to the next run. Whatever came late from an erased person is taken back.
const settle = `
  with claimed as materialized (
    select user_id, movie_id,
           case when exists (select 1 from people p where p.user_id = u.user_id and p.erased) then 0 else stars end as stars
      from ratings u where counted <> stars and movie_id >= $1
     order by movie_id limit ${most} for update skip locked
  ), settled as (
    update ratings r set stars = c.stars, counted = c.stars
      from claimed c where r.user_id = c.user_id and r.movie_id = c.movie_id
    returning r.user_id, r.movie_id, r.stars, old.counted as before, r.sequence, r.rated_at
  ), changed as (
    select * from settled where stars <> before
  ), figures as (
    insert into film_ratings as f (movie_id, version, count, sum, histogram)
    select movie_id, 1, count(*) filter (where stars > 0) - count(*) filter (where before > 0),
           sum(stars - before), array[${gained}]
      from changed group by movie_id order by movie_id
    on conflict (movie_id) do update set version = f.version + 1, count = f.count + excluded.count,
      sum = f.sum + excluded.sum, histogram = array[${added}]
    returning movie_id
  ), announced as (
    insert into rating_announcements (user_ids, movie_ids, stars, sequences, rated_at)
    select array_agg(user_id), array_agg(movie_id), array_agg(stars), array_agg(sequence), array_agg(rated_at)
      from changed having count(*) > 0
  )
  select (select count(*)::int from claimed) as taken, (select max(movie_id::text) from claimed) as reached,
         (select string_agg(movie_id::text, ',') from figures) as films`

/**
 * Counts what was rated since into the films' figures, a lot a transaction, and notes it to be announced. Figures and
 * ratings change together, so whatever is interrupted was either counted or is still to be; says how many were.
 */
export function createSettleRatings({ db, cache }: Deps): () => Promise<number> {
  return async () => {
    let total = 0
    let from = '00000000-0000-0000-0000-000000000000'
    for (let round = 0; round < mostRounds; round += 1) {
      const { rows } = await db.query<{ taken: number; reached: string | null; films: string | null }>(
        settle,
        [from],
        { name: 'reviews-settle-ratings' },
      )
      const [lot] = rows
      if (!lot) return total
      total += lot.taken
      if (lot.films) await cache.invalidate(lot.films.split(',').map((id) => `ratings:${id}`))
      if (lot.taken < most) return total
      from = lot.reached ?? from
    }
    return total
  }
}
