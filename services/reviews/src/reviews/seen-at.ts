import type { ForgetPages } from '../forget-pages.ts'
import type { ReviewFields, Stores } from './collections.ts'
import { reviewWith, writerFilmOf } from './review-fields.ts'

type Deps = { reviews: Stores['reviews']; forgetPages: ForgetPages }
type Seen = { userId: string; movieId: string; seenAt: NonNullable<ReviewFields['seenAt']> }
export type NoteSeen = (seen: Seen) => Promise<void>

/** Writes beside a person's reviews of a film where they saw it, unless it says so already. */
export function createSeenAt({ reviews, forgetPages }: Deps): NoteSeen {
  return async ({ userId, movieId, seenAt }) => {
    const { items } = await reviews.find({
      where: { writerFilm: writerFilmOf(userId, movieId) },
      limit: 1000,
    })
    for (const { id } of items)
      await reviews.update(id, (review) =>
        review.seenAt === null && review.writerId !== null ? reviewWith(review, { seenAt }) : undefined,
      )
    if (items.length > 0) await forgetPages({ movies: [movieId] })
  }
}
