import type { Queryable } from '@marquee/kit/sql'
import type { Rate } from '../ratings/rate.ts'
import type { DiaryRow } from './diary-store.ts'
import { ratesFilm } from './rates-film.ts'

type Given = Pick<DiaryRow, 'id' | 'userId' | 'movieId' | 'watchedOn'> & { stars: number }

/**
 * Rates a film with the stars of a viewing, where `ratesFilm` says so. Evenings at the cinema after it, which follow what
 * is rated soon after them, do not follow this: it is not about them.
 */
export async function rateByViewing(db: Queryable, rate: Rate, given: Given): Promise<void> {
  const { id, userId, movieId, watchedOn, stars } = given
  if (!(await ratesFilm(db, given))) return
  const before = await db.query<{ sequence: string }>(
    `select nextval('rating_sequence')::text as sequence`,
    [],
    { name: 'reviews-before-viewing' },
  )
  await rate({ userId, movieId, stars })
  // It may have been followed already.
  await db.query(
    `update diary set stars = null, rating_sequence = nextval('rating_sequence')
      where user_id = $1 and movie_id = $2 and show_id is not null
        and (viewed, id) > (coalesce($3::date, '-infinity'), $4::uuid) and id <> $4
        and (stars is null or rating_sequence > $5::bigint)`,
    [userId, movieId, watchedOn, id, before.rows[0]?.sequence],
    { name: 'reviews-after-viewing' },
  )
}
