import type { Database } from '@marquee/kit/sql'
import type { IntakeRecord } from './intake.ts'

/** A film's figures with one person's stars counted in. */
export type Figures = { count: number; sum: number }
/** What became of a record. `superseded`: a later one is there already. */
export type Persisted = ({ outcome: 'recorded' } & Figures) | { outcome: 'superseded' | 'unknown-film' }
/** Writes a batch in one statement, durable when it resolves; repeating it changes nothing. */
export type Persist = (records: IntakeRecord[]) => Promise<Persisted[]>

type Row = {
  place: number
  known: boolean
  counted: number | null
  count: number | null
  sum: number | null
}

// Sorted, so that two instances lock rows in the same order. The batch shares a place in the intake: it holds no
// person and film twice.
const upsert = `
  with given as materialized (
    select g.place, g.user_id, g.movie_id, g.stars, g.sequence, m.id is not null as known
      from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::bigint[])
        with ordinality as g (user_id, movie_id, stars, sequence, place)
      left join movies m on m.id = g.movie_id and not m.deleted
  ), written as (
    insert into ratings as r (user_id, movie_id, stars, sequence, rated_at)
    select user_id, movie_id, stars, coalesce(sequence, (select nextval('rating_sequence'))), clock()
      from given where known order by user_id, movie_id
    on conflict (user_id, movie_id) do update
      set stars = excluded.stars, sequence = excluded.sequence, rated_at = excluded.rated_at,
          imported = false
      where r.sequence < excluded.sequence
    returning user_id, movie_id, counted
  )
  select g.place::int, g.known, w.counted, f.count, f.sum
    from given g
    left join written w on w.user_id = g.user_id and w.movie_id = g.movie_id
    left join film_ratings f on f.movie_id = g.movie_id`

export function createPersist(db: Database): Persist {
  return async (records) => {
    const { latest, placeOf } = keepLatest(records)
    const { rows } = await db.query<Row>(
      upsert,
      [
        latest.map(({ userId }) => userId),
        latest.map(({ movieId }) => movieId),
        latest.map(({ half }) => half),
        latest.some(({ sequence }) => sequence !== undefined)
          ? latest.map(({ sequence }) => sequence ?? null)
          : null,
      ],
      { name: 'reviews-persist-ratings' },
    )
    const byPlace: Row[] = []
    for (const row of rows) byPlace[row.place - 1] = row
    return records.map((record, at) => outcomeOf(record, byPlace[placeOf[at] ?? -1]))
  }
}

function outcomeOf({ half }: IntakeRecord, row: Row | undefined): Persisted {
  if (!row) throw new Error('a rating came back without an outcome')
  if (!row.known) return { outcome: 'unknown-film' }
  if (row.counted === null) return { outcome: 'superseded' }
  return { outcome: 'recorded', ...withMine({ count: row.count ?? 0, sum: row.sum ?? 0 }, row.counted, half) }
}

/** Settled figures, with what they hold of a rating replaced by what it is now. */
export function withMine({ count, sum }: Figures, counted: number, half: number): Figures {
  const others = count - Number(counted > 0)
  // Settled while this was read, figures may be older than what is said to be counted in them.
  const ofOthers = others > 0 ? sum - counted : 0
  return { count: Math.max(others, 0) + Number(half > 0), sum: ofOthers + half }
}

/** Of what one person gave one film, the last; of stamped ones the latest. And where each record's is among those. */
export function keepLatest<Record extends IntakeRecord>(records: readonly Record[]) {
  const latest: Record[] = []
  const places = new Map<string, number>()
  const placeOf = records.map((record) => {
    const key = `${record.userId}${record.movieId}`
    const place = places.get(key) ?? latest.length
    places.set(key, place)
    const known = latest[place]
    if (!known || (known.sequence ?? 0) <= (record.sequence ?? Number.MAX_SAFE_INTEGER))
      latest[place] = record
    return place
  })
  return { latest, placeOf }
}
