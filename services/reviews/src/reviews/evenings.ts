import type { Review } from '@marquee/contracts/reviews'
import type { Queryable } from '@marquee/kit/sql'
import type { ReviewDocument } from './collections.ts'
import { lastAdmission } from './writer-standing.ts'

/** What is said beside a review of the evening it is about. */
export type Evening = Pick<Review, 'viewedOn' | 'seenAt'>
type About = Pick<ReviewDocument, 'id' | 'writerId' | 'movieId' | 'diaryId' | 'createdAt'>
/** By review; one that has nothing to say of an evening may be missing. */
export type Evenings = (reviews: readonly About[]) => Promise<ReadonlyMap<string, Evening>>

type Row = { id: string; viewedOn: string | null; theaterName: string | null; seenOn: string | null }

// A review of a viewing speaks of no other evening; one of the film as such of the last that came before it.
const read = `
  select g.id, case when d.visibility = 'public' then d.watched_on end::text as "viewedOn",
         case when g.diary_id is null then a.theater_name else d.theater_name end as "theaterName",
         (case when g.diary_id is null then a.day else d.seen_on end)::text as "seenOn"
    from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[])
      as g (id, writer_id, movie_id, diary_id, written_at)
    left join diary d on d.id = g.diary_id and d.user_id = g.writer_id
    left join lateral (${lastAdmission({ user: 'g.writer_id', movie: 'g.movie_id', before: 'g.written_at' })}) a
      on g.diary_id is null`

/**
 * Reads when, and by which admitted ticket where, the film was seen that a review is about. Days that are not for
 * everybody are left out, and a theater once its viewing is gone from the diary.
 */
export function createEvenings(db: Queryable): Evenings {
  return async (reviews) => {
    const written = reviews.filter(({ writerId }) => writerId !== null)
    if (written.length === 0) return new Map()
    const { rows } = await db.query<Row>(
      read,
      [
        written.map(({ id }) => id),
        written.map(({ writerId }) => writerId),
        written.map(({ movieId }) => movieId),
        written.map(({ diaryId }) => diaryId),
        written.map(({ createdAt }) => createdAt),
      ],
      { name: 'reviews-evenings' },
    )
    return new Map(
      rows.map(({ id, viewedOn, theaterName, seenOn }) => [
        id,
        {
          viewedOn,
          seenAt: theaterName !== null && seenOn !== null ? { theaterName, on: seenOn } : null,
        },
      ]),
    )
  }
}
