import type { Database } from '@marquee/kit/sql'
import type { ReviewFields } from './collections.ts'

type About = { userId: string; movieId: string; diaryId: string | null }
type Stands = {
  /** False when the viewing is not this person's, or of another film. */
  viewingKnown: boolean
  stars: number | null
  sequence: number
  seenAt: ReviewFields['seenAt']
}
export type Standing = (about: About) => Promise<Stands>

/** What a person's rating, diary and tickets say of a film, to be shown beside their review. */
export function createStanding(db: Database): Standing {
  return async ({ userId, movieId, diaryId }) => {
    const { rows } = await db.query<{
      viewingKnown: boolean
      half: number | null
      sequence: number | null
      theaterName: string | null
      day: string | null
    }>(
      `select $3::uuid is null or d.id is not null as "viewingKnown", r.stars as half, r.sequence,
              case when d.theater_name is null then a.theater_name else d.theater_name end as "theaterName",
              (case when d.theater_name is null then a.day else d.seen_on end)::text as day
         from (select 1) one
         left join ratings r on r.user_id = $1 and r.movie_id = $2
         left join diary d on d.id = $3 and d.user_id = $1 and d.movie_id = $2
         left join lateral (
           select theater_name, day from admissions where user_id = $1 and movie_id = $2 and theater_name is not null
           order by day desc, show_id desc limit 1) a on true`,
      [userId, movieId, diaryId],
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
