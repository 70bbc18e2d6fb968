import type { Database } from '@marquee/kit/sql'
import type { ReviewFields } from './collections.ts'

type About = { userId: string; movieId: string; diaryId: string | null; writtenAt: string }
type Stands = {
  /** False when the viewing is not this person's, or of another film. */
  viewingKnown: boolean
  stars: number | null
  sequence: number
  /** Where the writer of a review of the film as such had seen it last. */
  seenAt: ReviewFields['seenAt']
}
export type Standing = (about: About) => Promise<Stands>

/** What a person's rating, diary and tickets say of a film, to be kept with their review. */
export function createStanding(db: Database): Standing {
  return async ({ userId, movieId, diaryId, writtenAt }) => {
    const { rows } = await db.query<{
      viewingKnown: boolean
      half: number | null
      sequence: number | null
      theaterName: string | null
      day: string | null
    }>(
      `select $3::uuid is null or d.id is not null as "viewingKnown", r.stars as half, r.sequence,
              a.theater_name as "theaterName", a.day::text
         from (select 1) one
         left join ratings r on r.user_id = $1 and r.movie_id = $2
         left join diary d on d.id = $3 and d.user_id = $1 and d.movie_id = $2
         left join lateral (${lastAdmission({ user: '$1', movie: '$2', before: '$4::timestamptz' })}) a
           on $3::uuid is null`,
      [userId, movieId, diaryId, writtenAt],
      { name: 'reviews-standing' },
    )
    const [row] = rows
    if (!row) throw new Error('a query for one row gave none')
    const { viewingKnown, half, sequence, theaterName, day } = row
    return {
      viewingKnown,
      stars: half ? half / 2 : null,
      sequence: sequence ?? 0,
      seenAt: theaterName !== null && day !== null ? { theaterName, on: day } : null,
    }
  }
}

/** The last admission to a film before an instant, unless its viewing was deleted; each is an expression of SQL. */
export const lastAdmission = (of: { user: string; movie: string; before: string }): string =>
  `select theater_name, day from admissions
    where user_id = ${of.user} and movie_id = ${of.movie} and theater_name is not null
      and coalesce(admitted_at, day) <= ${of.before}
    order by day desc, show_id desc limit 1`
