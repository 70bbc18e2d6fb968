import type { ForgetPages } from '../forget-pages.ts'
import type { ReviewFields, Stores } from './collections.ts'
import { reviewWith, writerFilmOf } from './review-fields.ts'

type Deps = { reviews: Stores['reviews']; forgetPages: ForgetPages }
type Seen = {
  userId: string
  movieId: string
  admittedAt: Temporal.Instant
  seenAt: NonNullable<ReviewFields['seenAt']>
}
export type NoteSeen = (seen: Seen) => Promise<void>

/**
 * Notes with a person's reviews of a film as such where they had seen it, if a door that was without a network tells of it
 * after they were written.
 */
export function createSeenAt({ reviews, forgetPages }: Deps): NoteSeen {
  return async ({ userId, movieId, admittedAt, seenAt }) => {
    const { items } = await reviews.find({
      where: { writerFilm: writerFilmOf(userId, movieId) },
      limit: 1000,
    })
    for (const { id } of items)
      await reviews.update(id, (review) => {
        const isLater = Temporal.Instant.compare(review.createdAt, admittedAt) >= 0
        const isMeant = review.writerId !== null && review.diaryId === null && review.seenAt === null
        return isMeant && isLater ? reviewWith(review, { seenAt }) : undefined
      })
    if (items.length > 0) await forgetPages({ movies: [movieId], people: [userId] })
  }
}
