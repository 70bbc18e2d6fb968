import { ratingsRecorded } from '@marquee/contracts/reviews'
import type { Cache } from '@marquee/kit/cache'
import type { Publisher } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'

type Deps = { db: Database; events: Publisher; cache: Cache }
type Settled = {
  userId: string
  movieId: string
  stars: number
  before: number
  sequence: number
  ratedAt: Temporal.Instant
}
type FilmRow = { movieId: string; version: number; count: number; sum: number; histogram: number[] }

/** What an event carries of each kind. */
const most = 500
// One run ends, though a film be rated faster than it is settled.
const mostRounds = 400

// Rows that somebody is writing are left to the next run. Whatever came late from an erased person is taken back.
const claim = `
  update ratings r set stars = d.stars, counted = d.stars
    from (
      select user_id, movie_id,
             case when exists (select 1 from people p where p.user_id = u.user_id and p.erased) then 0 else stars end as stars
        from ratings u where counted <> stars and movie_id >= $1
       order by movie_id limit ${most} for update skip locked
    ) d
   where r.user_id = d.user_id and r.movie_id = d.movie_id
  returning r.user_id as "userId", r.movie_id as "movieId", r.stars, old.counted as before, r.sequence,
            r.rated_at as "ratedAt"`

const addUp = `
  insert into film_ratings as f (movie_id, version, count, sum, histogram)
  select movie_id, 1, count, sum, histogram
    from jsonb_to_recordset($1::jsonb) as delta (movie_id uuid, count int, sum int, histogram int[])
   order by movie_id
  on conflict (movie_id) do update set version = f.version + 1, count = f.count + excluded.count,
    sum = f.sum + excluded.sum, histogram = add_each(f.histogram, excluded.histogram)
  returning movie_id as "movieId", version, count, sum, histogram`

/**
 * Counts what was rated since into the films' figures and announces it, at most 500 ratings a transaction. Figures and
 * ratings change together, so whatever is interrupted was either counted or is still to be; says how many were.
 */
export function createSettleRatings({ db, events, cache }: Deps): () => Promise<number> {
  return async () => {
    let total = 0
    let from = '00000000-0000-0000-0000-000000000000'
    for (let round = 0; round < mostRounds; round += 1) {
      const settled = await db.transaction((tx) => settle(tx, from))
      total += settled.length
      const films = [...new Set(settled.map(({ movieId }) => movieId))].sort()
      if (films.length > 0) await cache.invalidate(films.map((id) => `ratings:${id}`))
      if (settled.length < most) return total
      from = films.at(-1) ?? from
    }
    return total
  }

  async function settle(tx: Transaction, from: string): Promise<Settled[]> {
    const { rows } = await tx.query<Settled>(claim, [from], { name: 'reviews-claim-unsettled' })
    // What an erased person rated late changed nothing.
    const changed = rows.filter(({ before, stars }) => before !== stars)
    if (changed.length === 0) return rows
    const { rows: films } = await tx.query<FilmRow>(addUp, [JSON.stringify(deltasOf(changed))], {
      name: 'reviews-add-up',
    })
    await events.publish(
      tx,
      ratingsRecorded,
      {
        films,
        changes: changed.map(({ userId, movieId, stars, sequence, ratedAt }) => ({
          userId,
          movieId,
          stars: stars > 0 ? stars / 2 : null,
          sequence,
          ratedAt: ratedAt.toString(),
        })),
      },
      { key: films[0]?.movieId ?? from },
    )
    return rows
  }
}

type Delta = { movie_id: string; count: number; sum: number; histogram: number[] }

function deltasOf(settled: readonly Settled[]): Delta[] {
  const deltas = new Map<string, Delta>()
  for (const { movieId, stars, before } of settled) {
    const delta = deltas.get(movieId) ?? { movie_id: movieId, count: 0, sum: 0, histogram: Array(10).fill(0) }
    deltas.set(movieId, delta)
    delta.count += Number(stars > 0) - Number(before > 0)
    delta.sum += stars - before
    if (before > 0) delta.histogram[before - 1] = (delta.histogram[before - 1] ?? 0) - 1
    if (stars > 0) delta.histogram[stars - 1] = (delta.histogram[stars - 1] ?? 0) + 1
  }
  return [...deltas.values()]
}
