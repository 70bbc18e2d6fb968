import type { Items, Review } from '../../api/types.ts'

export const reviewSorts = ['helpful', 'newest', 'highest', 'lowest'] as const
export type ReviewSort = (typeof reviewSorts)[number]

/** As an address says it: nothing for the usual one. */
export const inQuery = (sort: ReviewSort): ReviewSort | undefined => (sort === 'helpful' ? undefined : sort)

/** The reviews that are shown, and in which order; in none while reviews have not answered. */
export type ReviewList = Items<Review> & { sort?: ReviewSort }

export const noReviews: ReviewList = { items: [], nextCursor: null }

/** What is shown once the page came anew: another day of the same film takes nothing away that was asked for since. */
export const renewed = (shown: ReviewList, first: Items<Review> | undefined, sort: ReviewSort): ReviewList =>
  first && shown.sort !== sort ? { ...first, sort } : shown

/** The list with its next page; the next page of a list that is no longer shown changes nothing. */
export function withMore(shown: ReviewList, cursor: string, more: Items<Review>): ReviewList {
  if (shown.nextCursor !== cursor) return shown
  const added = more.items.filter((review) => !shown.items.some(({ id }) => id === review.id))
  return { ...shown, items: [...shown.items, ...added], nextCursor: more.nextCursor }
}

/** With a review as it is now, first of all if it was not there. */
export function withReview(shown: ReviewList, review: Review): ReviewList {
  const isThere = shown.items.some(({ id }) => id === review.id)
  const items = isThere
    ? shown.items.map((one) => (one.id === review.id ? review : one))
    : [review, ...shown.items]
  return { ...shown, items }
}

export const withoutReview = (shown: ReviewList, reviewId: string): ReviewList => ({
  ...shown,
  items: shown.items.filter(({ id }) => id !== reviewId),
})
