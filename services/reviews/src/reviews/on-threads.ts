import { reviewsThreadsGroup } from '@marquee/contracts/reviews'
import { onOutside, type Subscription } from '@marquee/kit/events'
import type { ForgetPages } from '../forget-pages.ts'
import type { Stores } from './collections.ts'
import type { Recount } from './recount.ts'

type Deps = Pick<Stores, 'reviews'> & {
  clearThread: (reviewId: string) => Promise<void>
  recount: Recount
  forgetPages: ForgetPages
}

/** Finishes what removing a review, or changing its thread, began. */
export const onThreads = ({ reviews, clearThread, recount, forgetPages }: Deps): Subscription =>
  onOutside(reviewsThreadsGroup, {
    'review.removed.v1': ({ payload: { reviewId } }) => clearThread(reviewId),
    'thread.changed.v1': async ({ payload: { reviewId } }) => {
      await recount(reviewId)
      const review = await reviews.get(reviewId)
      if (review) await forgetPages({ movies: [review.movieId] })
    },
  })
