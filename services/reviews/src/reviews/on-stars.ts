import { reviewsStarsGroup } from '@marquee/contracts/reviews'
import { onOutside, type Subscription } from '@marquee/kit/events'
import type { ForgetPages } from '../forget-pages.ts'
import type { Stores } from './collections.ts'
import { reviewWith, starred, writerFilmOf } from './review-fields.ts'

type Change = { stars: number | null; sequence: number }
type Deps = { reviews: Stores['reviews']; forgetPages: ForgetPages }

/** Keeps the stars beside reviews as their writers' ratings are, and the figures on their profiles. */
export function onStars({ reviews, forgetPages }: Deps): Subscription {
  return onOutside(reviewsStarsGroup, {
    'ratings.recorded.v1': async ({ payload: { changes } }) => {
      const given = new Map<string, (typeof changes)[number]>()
      for (const change of changes.toSorted((a, b) => a.sequence - b.sequence))
        given.set(writerFilmOf(change.userId, change.movieId), change)
      const movies = new Set<string>()
      const query = { where: { writerFilm: { in: [...given.keys()] } }, limit: 1000 }
      for (let page = await reviews.find(query); ; ) {
        for (const review of page.items) {
          movies.add(review.movieId)
          await follow(review.id, given.get(review.writerFilm))
        }
        const next =
          page.nextCursor === null ? undefined : await reviews.find({ ...query, cursor: page.nextCursor })
        if (!next) break
        page = next
      }
      await forgetPages({ movies: [...movies], people: changes.map(({ userId }) => userId) })
    },
  })

  async function follow(reviewId: string, change: Change | undefined): Promise<void> {
    if (change)
      await reviews.update(reviewId, (review) =>
        review.writerId !== null && change.sequence > review.starsSequence
          ? reviewWith(review, starred(change.stars, change.sequence))
          : undefined,
      )
  }
}
