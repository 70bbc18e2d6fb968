import { threadChanged } from '@marquee/contracts/reviews'
import { tell } from '@marquee/kit/documents'
import { createCoalesced } from './coalesced.ts'
import type { Stores } from './collections.ts'
import { reviewWith } from './review-fields.ts'

type Deps = Pick<Stores, 'reviews' | 'likes' | 'comments'> & {
  /** What to do with likes and comments of a review that is gone. */
  clearThread: (reviewId: string) => Promise<void>
}
/** To be carried by whatever changes a thread: counted again even if this process ends before it has counted. */
export const countAgain = (reviewId: string) => [tell(threadChanged, { reviewId })]

/** False when the review is gone. */
export type Recount = (reviewId: string) => Promise<boolean>

/**
 * Writes down how many like a review and how many comments it shows, as counted after the review was read: a
 * count that others overtook is refused by the version and taken again, so the last one standing is exact.
 */
export function createRecount({ reviews, likes, comments, clearThread }: Deps): Recount {
  return createCoalesced(async (reviewId) => {
    for (;;) {
      const review = await reviews.get(reviewId)
      if (!review) {
        await clearThread(reviewId)
        return false
      }
      const [liked, commented] = await Promise.all([
        likes.count({ reviewId }),
        comments.count({ reviewId, status: 'published' }),
      ])
      const counted = await reviews.update(
        reviewId,
        (document) => reviewWith(document, { likes: liked, comments: commented }),
        { ifVersion: review.version },
      )
      if (counted.ok) return true
    }
  })
}
