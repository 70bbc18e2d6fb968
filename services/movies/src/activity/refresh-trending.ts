import type { Database } from '@marquee/kit/sql'
import type { Forget } from '../forget.ts'
import { movieStore } from '../movie-store.ts'
import { pointsStore } from './points-store.ts'

const days = 14
const halfLifeDays = 3

/**
 * Brings the order of what is trending up to date: the points of the last two weeks, of which half is gone after three
 * days. A film without any has none and stands by its popularity.
 */
export function createRefreshTrending({ db, forget }: { db: Database; forget: Forget }) {
  return async (): Promise<void> => {
    const changed = await db.transaction(async (tx) => {
      await movieStore.lockForMatching(tx)
      await pointsStore.forget(tx, days)
      const { rowCount } = await tx.query(
        `with today as (select (clock() at time zone 'UTC')::date as day), score as (
           select movie_id, round(greatest(0, sum(points * power(0.5, (today.day - film_activity.day) / $1::numeric))), 3)::float8 as points
           from film_activity, today group by movie_id
         ), wanted as (
           select movie_id as id, points from score
           union all
           select id, 0 from movies where trending > 0 and not exists (select from score where movie_id = movies.id)
         )
         update movies set trending = wanted.points from wanted
         where movies.id = wanted.id and movies.trending <> wanted.points`,
        [halfLifeDays],
      )
      return rowCount
    })
    if (changed > 0) await forget.lists()
  }
}
