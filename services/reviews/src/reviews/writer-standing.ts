import type { Database } from '@marquee/kit/sql'

type About = { userId: string; movieId: string; diaryId: string | null }
type Stands = {
  /** False when the viewing is not this person's, or of another film. */
  viewingKnown: boolean
  stars: number | null
  sequence: number
}
export type Standing = (about: About) => Promise<Stands>

/** What a person's rating and diary say of a film, to be kept with their review. */
export function createStanding(db: Database): Standing {
  return async ({ userId, movieId, diaryId }) => {
    const { rows } = await db.query<{
      viewingKnown: boolean
      half: number | null
      sequence: number | null
    }>(
      `select $3::uuid is null or d.id is not null as "viewingKnown", r.stars as half, r.sequence
         from (select 1) one
         left join ratings r on r.user_id = $1 and r.movie_id = $2
         left join diary d on d.id = $3 and d.user_id = $1 and d.movie_id = $2`,
      [userId, movieId, diaryId],
      { name: 'reviews-standing' },
    )
    const [row] = rows
    if (!row) throw new Error('a query for one row gave none')
    const { viewingKnown, half, sequence } = row
    return { viewingKnown, stars: half ? half / 2 : null, sequence: sequence ?? 0 }
  }
}
