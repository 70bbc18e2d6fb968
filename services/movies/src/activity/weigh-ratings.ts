import type { Database, Transaction } from '@marquee/kit/sql'
import type { Forget } from '../forget.ts'
import { movieStore } from '../movie-store.ts'

/** As many ratings as the mean of all films counts for: a film with few is close to it, one with many is its own. */
const prior = 20
/** The mean moves on with every rating; lists follow only once it moved this far, in stars. */
const step = 0.02
const atOnce = 2000

/**
 * Brings the weighted ratings up to date that lists are sorted by: (v / (v + m)) · R + (m / (v + m)) · C, where R is
 * the film's mean, v how many rated it, C the mean over all ratings and m the prior: the Bayesian estimate that IMDb
 * published for its top 250 (https://help.imdb.com/article/imdb/track-movies-tv/ratings-faq/G67Y87TFYYP6TWAW).
 */
export function createWeighRatings({ db, forget }: { db: Database; forget: Forget }) {
  return async (): Promise<void> => {
    let weighed = 0
    for (;;) {
      const some = await db.transaction(async (tx) => {
        // Whoever changes many films does so one after the other, or two would wait for each other.
        await movieStore.lockForMatching(tx)
        return weighSome(tx, await settleMean(tx))
      })
      weighed += some
      if (some < atOnce) break
    }
    if (weighed > 0) await forget.lists()
  }
}

/** The mean to weigh with; when it has moved a step, every film is to be weighed again. */
async function settleMean(tx: Transaction): Promise<number> {
  const { rows } = await tx.query<{ known: number; mean: number | null }>(
    `select mean as known, case when exists (select from film_ratings where version <> weighed_version)
       then (select sum(sum)::float8 / 2 / nullif(sum(count), 0) from film_ratings) end as mean
     from rating_baseline`,
  )
  const { known = 0, mean } = rows[0] ?? {}
  if (mean === null || mean === undefined || Math.abs(mean - known) < step) return known
  await tx.query('update rating_baseline set mean = $1', [mean])
  await tx.query('update film_ratings set weighed_version = -1 where weighed_version <> -1')
  return mean
}

async function weighSome(tx: Transaction, mean: number): Promise<number> {
  const { rowCount } = await tx.query(
    `with due as (
       select movie_id, version, count, sum from film_ratings where version <> weighed_version
       order by movie_id limit $3 for no key update skip locked
     ), weighed as (
       update movies set weighted_rating = case when due.count = 0 then 0
         else (due.sum / 2.0 + $1::float8 * $2::float8) / (due.count + $1::float8) end
       from due where movies.id = due.movie_id
     ), marked as (
       insert into films_to_index (movie_id) select movie_id from due order by movie_id
       on conflict (movie_id) do update set mark = excluded.mark
     )
     update film_ratings set weighed_version = due.version from due where film_ratings.movie_id = due.movie_id`,
    [prior, mean, atOnce],
  )
  return rowCount
}
