import type { Queryable } from '@marquee/kit/sql'
import { type Figures, withMine } from './persist-ratings.ts'

export type FilmFigures = Figures & { histogram: number[] }

/** Undefined for a film that is not copied here, or removed. */
export async function readMine(
  db: Queryable,
  userId: string,
  movieId: string,
): Promise<(Figures & { half: number }) | undefined> {
  const { rows } = await db.query<{ stars: number; counted: number; count: number; sum: number }>(
    `select case when p.sequence > coalesce(r.sequence, 0) or (r.imported and r.rated_at < p.rated_at)
                 then p.stars else coalesce(r.stars, 0) end as stars, coalesce(r.counted, 0) as counted,
            coalesce(f.count, 0) as count, coalesce(f.sum, 0) as sum
       from movies m
       left join ratings r on r.movie_id = m.id and r.user_id = $1
       left join pending_ratings p on p.movie_id = m.id and p.user_id = $1
       left join film_ratings f on f.movie_id = m.id
      where m.id = $2 and not m.deleted`,
    [userId, movieId],
    { name: 'reviews-my-rating' },
  )
  const [row] = rows
  return row && { half: row.stars, ...withMine(row, row.counted, row.stars) }
}

/** Undefined for a film that is not copied here, or removed. */
export async function readFigures(db: Queryable, movieId: string): Promise<FilmFigures | undefined> {
  const { rows } = await db.query<{ count: number | null; sum: number | null; histogram: number[] | null }>(
    `select f.count, f.sum, f.histogram from movies m left join film_ratings f on f.movie_id = m.id
      where m.id = $1 and not m.deleted`,
    [movieId],
    { name: 'reviews-film-figures' },
  )
  const [row] = rows
  return row && { count: row.count ?? 0, sum: row.sum ?? 0, histogram: row.histogram ?? Array(10).fill(0) }
}

/** In stars, unrounded; null while nobody rated. */
export const averageOf = ({ count, sum }: Figures): number | null => (count > 0 ? sum / 2 / count : null)
