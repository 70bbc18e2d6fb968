import { reviewRemoved } from '@marquee/contracts/reviews'
import { tell } from '@marquee/kit/documents'
import type { ForgetPages } from '../forget-pages.ts'
import type { ReviewDocument, ReviewFields, Stores } from './collections.ts'
import { reviewWith, stamp } from './review-fields.ts'

type Deps = { reviews: Stores['reviews']; forgetPages: ForgetPages; now: () => Temporal.Instant }
type Words = {
  [Name in 'title' | 'body' | 'spoiler']?: ReviewFields[Name] | undefined
}
export type ChangedReview =
  | { ok: true; review: ReviewDocument }
  | { ok: false; code: 'not-found' | 'version-mismatch' }

/** Changes what the writer wrote; with `ifEdition` only as long as nobody changed it since. */
export function createChangeReview({ reviews, forgetPages, now }: Deps) {
  return async (reviewId: string, words: Words, ifEdition?: number): Promise<ChangedReview> => {
    let outdated = false
    const updated = await reviews.update(reviewId, (review) => {
      outdated = ifEdition !== undefined && ifEdition !== review.edition
      if (outdated) return undefined
      const { title = review.title, body = review.body, spoiler = review.spoiler } = words
      const same = title === review.title && body === review.body && spoiler === review.spoiler
      if (same) return undefined
      return reviewWith(review, { title, body, spoiler, editedAt: stamp(now()), edition: review.edition + 1 })
    })
    if (outdated) return { ok: false, code: 'version-mismatch' }
    if (!updated.ok) return { ok: false, code: 'not-found' }
    const { movieId, writerId } = updated.document
    await forgetPages({ movies: [movieId], people: [writerId] })
    return { ok: true, review: updated.document }
  }
}

type RemoveDeps = Pick<Deps, 'reviews' | 'forgetPages'> & { clearThread: ClearThread }
type ClearThread = (reviewId: string) => Promise<void>

/** Removes a review, then what hung on it; its event sees to that even if this process ends in between. */
export function createRemoveReview({ reviews, forgetPages, clearThread }: RemoveDeps) {
  return async (reviewId: string): Promise<boolean> => {
    const removed = await reviews.delete(reviewId, {
      events: ({ movieId }) => [tell(reviewRemoved, { reviewId, movieId })],
    })
    if (!removed.ok) return false
    const { movieId, writerId } = removed.document
    await clearThread(reviewId)
    await forgetPages({ movies: [movieId], people: [writerId] })
    return true
  }
}

/** Removes comments, likes and reports of a review that is gone. Safe to repeat. */
export function createClearThread({ comments, likes, reports }: Omit<Stores, 'reviews'>): ClearThread {
  return async (reviewId) => {
    await removeAll(comments, { reviewId })
    await removeAll(likes, { reviewId })
    await removeAll(reports, { reviewId })
  }
}

type Clearable<Where> = {
  find: (query: { where: Where; limit: number }) => Promise<{ items: readonly { id: string }[] }>
  delete: (id: string) => Promise<unknown>
}
async function removeAll<Where>(store: Clearable<Where>, where: Where): Promise<void> {
  for (;;) {
    const { items } = await store.find({ where, limit: 1000 })
    if (items.length === 0) return
    for (const { id } of items) await store.delete(id)
  }
}
