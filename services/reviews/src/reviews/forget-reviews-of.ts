import type { ForgetPages } from '../forget-pages.ts'
import type { Stores } from './collections.ts'
import { writerFilmOf } from './review-fields.ts'

type Deps = { reviews: Stores['reviews']; forgetPages: ForgetPages }
export type ForgetReviewsOf = (wish: { userId: string; movieId: string }) => Promise<void>

/** Drops a film's cached reviews if a person wrote any of them: where they saw it is told anew. */
export function createForgetReviewsOf({ reviews, forgetPages }: Deps): ForgetReviewsOf {
  return async ({ userId, movieId }) => {
    const { items } = await reviews.find({ where: { writerFilm: writerFilmOf(userId, movieId) }, limit: 1 })
    if (items.length > 0) await forgetPages({ movies: [movieId] })
  }
}
