import type { Queryable } from '@marquee/kit/sql'

export type FilmFigures = { movieId: string; version: number; count: number; sum: number }

/** Writes the figures of ratings. */
export const activityStore = {
  /** Newer figures replace older ones; gives the films that changed. Rows are locked in the order of their ids. */
  async recordFigures(tx: Queryable, figures: readonly FilmFigures[]): Promise<string[]> {
    if (figures.length === 0) return []
    const { rows } = await tx.query<{ movie_id: string }>(
      `insert into film_ratings as known (movie_id, version, count, sum)
       select * from unnest($1::uuid[], $2::bigint[], $3::int[], $4::int[]) as told (id, version, count, sum)
       order by id
       on conflict (movie_id) do update set version = excluded.version, count = excluded.count, sum = excluded.sum
       where known.version < excluded.version
       returning movie_id`,
      [
        figures.map((one) => one.movieId),
        figures.map((one) => one.version),
        figures.map((one) => one.count),
        figures.map((one) => one.sum),
      ],
      { name: 'movies.record-figures' },
    )
    return rows.map((row) => row.movie_id)
  },
}
