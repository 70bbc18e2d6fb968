import type { Database } from '@marquee/kit/sql'
import type { IntakeRecord } from './intake.ts'
import type { Figures } from './persist-ratings.ts'

/** A rating's place in the intake, before it is queued. `counted` is what the film's figures hold of it. */
export type Stamped = Figures & { known: boolean; counted: number }
export type Stamp = (records: readonly IntakeRecord[]) => Promise<{
  sequence: number
  /** RFC 3339, by PostgreSQL's clock. */
  ratedAt: string
  stamped: Stamped[]
}>

type Row = {
  known: boolean
  counted: number
  count: number
  sum: number
  sequence: number
  rated_at: Temporal.Instant
}

// PostgreSQL's sequence orders the batches of all instances: what is stamped after an answer comes after it. Sorted,
// so that two instances lock rows in the same order.
const stamp = `
  with place as materialized (select nextval('rating_sequence') as sequence, clock() as rated_at),
  given as materialized (
    select g.place, g.user_id, g.movie_id, g.stars, m.id is not null as known
      from unnest($1::uuid[], $2::uuid[], $3::smallint[]) with ordinality as g (user_id, movie_id, stars, place)
      left join movies m on m.id = g.movie_id and not m.deleted
  ), noted as (
    insert into pending_ratings as p (user_id, movie_id, stars, sequence, rated_at)
    select user_id, movie_id, stars, sequence, rated_at from given, place where known order by user_id, movie_id
    on conflict (user_id, movie_id) do update
      set stars = excluded.stars, sequence = excluded.sequence, rated_at = excluded.rated_at
      where p.sequence < excluded.sequence
  )
  select g.known, coalesce(r.counted, 0) as counted, coalesce(f.count, 0) as count, coalesce(f.sum, 0) as sum,
         place.sequence, place.rated_at
    from given g cross join place
    left join ratings r on r.user_id = g.user_id and r.movie_id = g.movie_id
    left join film_ratings f on f.movie_id = g.movie_id
   order by g.place`

/** Gives a batch its place in the intake, and notes it for whoever reads their own. Holds no person and film twice. */
export function createStamp(db: Database): Stamp {
  return async (records) => {
    const { rows } = await db.query<Row>(
      stamp,
      [
        records.map(({ userId }) => userId),
        records.map(({ movieId }) => movieId),
        records.map(({ half }) => half),
      ],
      { name: 'reviews-stamp-ratings' },
    )
    const [first] = rows
    if (!first || rows.length !== records.length) throw new Error('a rating came back without its place')
    return { sequence: first.sequence, ratedAt: first.rated_at.toString(), stamped: rows }
  }
}
