import type { Database } from '@marquee/kit/sql'
import type { FilmCopy } from '../film-copy.ts'
import type { ImportRatings, PastRating } from './rate.ts'

type Deps = { db: Database; films: Pick<FilmCopy, 'find'> }

// Nobody has rated in the future; an erasure's place in the intake is never passed.
const upsert = `
  with written as (
    insert into ratings as r (user_id, movie_id, stars, sequence, rated_at, imported)
    select user_id, movie_id, stars, (select nextval('rating_sequence')), least(rated_at, clock()), true
      from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::timestamptz[]) as g (user_id, movie_id, stars, rated_at)
     order by user_id, movie_id
    on conflict (user_id, movie_id) do update
      set stars = excluded.stars, sequence = excluded.sequence, rated_at = excluded.rated_at,
          imported = true
      where r.rated_at < excluded.rated_at and r.sequence < excluded.sequence
    returning 1
  )
  select count(*)::int as recorded from written`

/** Records what was rated elsewhere or long ago; an older rating never replaces a newer one. */
export function createImportRatings({ db, films }: Deps): ImportRatings {
  return async (ratings) => {
    const known = await films.find(ratings.map(({ movieId }) => movieId))
    const kept = latestOf(ratings.filter(({ movieId }) => known.has(movieId)))
    const { rows } = await db.query<{ recorded: number }>(
      upsert,
      [
        kept.map(({ userId }) => userId),
        kept.map(({ movieId }) => movieId),
        kept.map(({ stars }) => stars * 2),
        kept.map(({ ratedAt }) => ratedAt),
      ],
      { name: 'reviews-import-ratings' },
    )
    const recorded = rows[0]?.recorded ?? 0
    const unknown = new Set(ratings.map(({ movieId }) => movieId).filter((id) => !known.has(id)))
    return {
      recorded,
      unchanged: ratings.filter(({ movieId }) => known.has(movieId)).length - recorded,
      unknownMovies: [...unknown],
    }
  }
}

/** Of what one person gave one film, the latest. */
function latestOf(ratings: readonly PastRating[]): PastRating[] {
  const latest = new Map<string, PastRating>()
  for (const rating of ratings) {
    const key = `${rating.userId}${rating.movieId}`
    const known = latest.get(key)
    if (!known || Temporal.Instant.compare(known.ratedAt, rating.ratedAt) <= 0) latest.set(key, rating)
  }
  return [...latest.values()]
}
