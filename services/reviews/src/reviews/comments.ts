import { reviewCommented } from '@marquee/contracts/reviews'
import type { Caller } from '@marquee/kit/contract'
import { tell } from '@marquee/kit/documents'
import type { ForgetPages } from '../forget-pages.ts'
import type { CommentDocument, ReviewDocument, Stores } from './collections.ts'
import type { HeedErasure } from './heed-erasure.ts'
import type { Lookups } from './present.ts'
import { countAgain, type Recount } from './recount.ts'
import { type Given, judgeRepeat, requestFields, requestKeyOf } from './replay.ts'
import { commentWith, stamp } from './review-fields.ts'
import { maySee } from './viewer.ts'

type Deps = Pick<Stores, 'reviews' | 'comments' | 'reports'> &
  Lookups & {
    recount: Recount
    heedErasure: HeedErasure
    forgetPages: ForgetPages
    newId: () => string
    now: () => Temporal.Instant
  }
type Draft = { reviewId: string; userId: string; body: string; caller: Caller; idempotency?: Given }
type Commented =
  | { ok: true; comment: CommentDocument }
  | { ok: false; code: 'not-found' | 'idempotency-key-reused' }

/** Adds to the thread under a review, and tells the review's writer. */
export function createComments(deps: Deps) {
  const { reviews, comments, reports, people, films, recount, heedErasure, forgetPages, newId, now } = deps

  async function write(draft: Draft): Promise<Commented> {
    const { reviewId, userId, body, caller, idempotency } = draft
    const review = await reviews.get(reviewId)
    if (!review || !maySee(review, caller)) return { ok: false, code: 'not-found' }
    const repeated = idempotency && (await earlier(reviewId, idempotency))
    if (repeated) return repeated.ok ? settled(review, repeated.comment) : repeated
    const id = newId()
    const createdAt = stamp(now())
    const telling = await tellingOf(review, { commentId: id, userId })
    const inserted = await comments.insert(
      {
        id,
        reviewId,
        writerId: userId,
        body,
        status: 'published',
        createdAt,
        place: `${createdAt}/${id}`,
        ...requestFields(idempotency, id, createdAt),
      },
      { events: () => [...telling, ...countAgain(reviewId)] },
    )
    if (!inserted.ok) return write(draft)
    await heedErasure(userId)
    return settled(review, inserted.document)
  }

  // A repeated request counts again as well: the first one may have ended before it did.
  async function settled({ id, movieId }: ReviewDocument, comment: CommentDocument): Promise<Commented> {
    if (!(await recount(id))) return { ok: false, code: 'not-found' }
    await forgetPages({ movies: [movieId] })
    return { ok: true, comment }
  }

  async function earlier(
    reviewId: string,
    { scope, key, bodyHash }: NonNullable<Given>,
  ): Promise<Commented | undefined> {
    const { items } = await comments.find({ where: { requestKey: requestKeyOf({ scope, key }) }, limit: 1 })
    const [comment] = items
    if (!comment) return undefined
    const verdict = judgeRepeat(comment.request, bodyHash, now())
    if (verdict === 'replay' && comment.reviewId === reviewId) return { ok: true, comment }
    if (verdict !== 'expired') return { ok: false, code: 'idempotency-key-reused' }
    await comments.update(comment.id, (one) => commentWith(one, { request: null, requestKey: one.id }))
    return undefined
  }

  async function tellingOf(
    review: ReviewDocument,
    { commentId, userId }: { commentId: string; userId: string },
  ) {
    // Nobody is told of their own words, and the erased not at all.
    if (review.writerId === null || review.writerId === userId) return []
    const [who, about] = await Promise.all([people.find([userId]), films.findAll([review.movieId])])
    const payload = {
      commentId,
      reviewId: review.id,
      movieId: review.movieId,
      movieTitle: about.get(review.movieId)?.title ?? '',
      userId: review.writerId,
      commenterId: userId,
      commenterName: who.get(userId)?.name ?? '',
    }
    return [tell(reviewCommented, payload)]
  }

  async function remove(commentId: string): Promise<boolean> {
    const removed = await comments.delete(commentId, { events: ({ reviewId }) => countAgain(reviewId) })
    if (!removed.ok) return false
    await reports.delete(commentId)
    await recount(removed.document.reviewId)
    const review = await reviews.get(removed.document.reviewId)
    if (review) await forgetPages({ movies: [review.movieId] })
    return true
  }

  return { write, remove }
}
