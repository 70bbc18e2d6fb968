import type { Queryable } from '@marquee/kit/sql'
import { readMine } from '../ratings/rating-view.ts'
import type { DiaryRow } from './diary-store.ts'

type Given = Pick<DiaryRow, 'id' | 'userId' | 'movieId' | 'watchedOn'>

/**
 * Whether stars given to a viewing are the person's rating of the film: those of its latest viewing are, and while it is
 * not rated those of any. What is written down of an evening long ago changes no rating of today.
 */
export async function ratesFilm(db: Queryable, { id, userId, movieId, watchedOn }: Given): Promise<boolean> {
  const { rowCount: later } = await db.query(
    `select 1 from diary where user_id = $1 and movie_id = $2
        and (viewed, id) > (coalesce($3::date, '-infinity'), $4::uuid) and id <> $4 limit 1`,
    [userId, movieId, watchedOn, id],
    { name: 'reviews-later-viewing' },
  )
  return later === 0 || !(await readMine(db, userId, movieId))?.half
}
