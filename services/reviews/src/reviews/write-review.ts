import { reviewPublished } from '@marquee/contracts/reviews'
import { tell } from '@marquee/kit/documents'
import type { ForgetPages } from '../forget-pages.ts'
import type { ReviewDocument, Stores } from './collections.ts'
import type { HeedErasure } from './heed-erasure.ts'
import { type Given, judgeRepeat, requestFields, requestKeyOf } from './replay.ts'
import { reviewWith, slotOf, stamp, starred, writerFilmOf } from './review-fields.ts'
import type { Standing } from './writer-standing.ts'

type Deps = {
  reviews: Stores['reviews']
  films: { find: (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>> }
  standing: Standing
  forgetPages: ForgetPages
  heedErasure: HeedErasure
  newId: () => string
  now: () => Temporal.Instant
}
export type ReviewDraft = {
  userId: string
  movieId: string
  title: string | null
  body: string
  spoiler: boolean
  /** The viewing it is about. */
  diaryId?: string | undefined
  /** When it was written, for one brought in from elsewhere. */
  createdAt?: Temporal.Instant | undefined
  idempotency?: Given
}
export type WrittenReview =
  | { ok: true; review: ReviewDocument }
  | { ok: false; code: 'not-found' | 'unknown-viewing' | 'idempotency-key-reused' }
  | { ok: false; code: 'already-reviewed'; reviewId: string }
export type WriteReview = (draft: ReviewDraft) => Promise<WrittenReview>

/** Publishes a review: one for each person and film, or one for each viewing in the diary. */
export function createWriteReview(deps: Deps): WriteReview {
  const { reviews, films, standing, forgetPages, heedErasure, newId, now } = deps

  return write

  async function write(draft: ReviewDraft): Promise<WrittenReview> {
    const { userId, movieId, diaryId = null, idempotency } = draft
    const repeated = idempotency && (await earlier(movieId, idempotency))
    if (repeated) return repeated
    if (!(await films.find([movieId])).has(movieId)) return { ok: false, code: 'not-found' }
    const createdAt = stamp(draft.createdAt ?? now())
    const stands = await standing({ userId, movieId, diaryId, writtenAt: createdAt })
    if (!stands.viewingKnown) return { ok: false, code: 'unknown-viewing' }

    const id = newId()
    const inserted = await reviews.insert(
      {
        id,
        movieId,
        writerId: userId,
        writerFilm: writerFilmOf(userId, movieId),
        slot: slotOf(userId, movieId, diaryId),
        diaryId,
        title: draft.title,
        body: draft.body,
        spoiler: draft.spoiler,
        ...starred(stands.stars, stands.sequence),
        likes: 0,
        comments: 0,
        seenAt: stands.seenAt,
        status: 'published',
        createdAt,
        editedAt: null,
        edition: 1,
        ...requestFields(idempotency, id, stamp(now())),
      },
      {
        events: () => [tell(reviewPublished, { reviewId: id, movieId, userId, version: 1 }, { version: 1 })],
      },
    )
    // Whatever else stood in the way may be gone meanwhile.
    if (!inserted.ok) return inserted.code === 'taken' ? resolveTaken(draft, inserted.index) : write(draft)
    const review = await catchUp(inserted.document, draft)
    await heedErasure(userId)
    await forgetPages({ movies: [movieId], people: [userId] })
    return { ok: true, review }
  }

  async function earlier(
    movieId: string,
    { scope, key, bodyHash }: NonNullable<Given>,
  ): Promise<WrittenReview | undefined> {
    const { items } = await reviews.find({ where: { requestKey: requestKeyOf({ scope, key }) }, limit: 1 })
    const [review] = items
    if (!review) return undefined
    const verdict = judgeRepeat(review.request, bodyHash, now())
    if (verdict === 'replay' && review.movieId === movieId) return { ok: true, review }
    if (verdict !== 'expired') return { ok: false, code: 'idempotency-key-reused' }
    await reviews.update(review.id, (one) => reviewWith(one, { request: null, requestKey: one.id }))
    return undefined
  }

  async function resolveTaken(draft: ReviewDraft, index: string): Promise<WrittenReview> {
    const repeated = draft.idempotency && (await earlier(draft.movieId, draft.idempotency))
    if (repeated || index === 'request') return repeated ?? write(draft)
    const slot = slotOf(draft.userId, draft.movieId, draft.diaryId ?? null)
    const { items } = await reviews.find({ where: { slot }, limit: 1 })
    const [other] = items
    return other ? { ok: false, code: 'already-reviewed', reviewId: other.id } : write(draft)
  }

  // A rating or an admission that came between reading and writing found no review to tell.
  async function catchUp(review: ReviewDocument, { userId, movieId }: ReviewDraft): Promise<ReviewDocument> {
    const { diaryId, createdAt: writtenAt } = review
    const { stars, sequence, seenAt } = await standing({ userId, movieId, diaryId, writtenAt })
    if (sequence <= review.starsSequence && (seenAt === null || review.seenAt !== null)) return review
    const updated = await reviews.update(review.id, (one) => {
      if (one.writerId === null) return undefined
      const newer = sequence > one.starsSequence ? starred(stars, sequence) : {}
      return reviewWith(one, { ...newer, seenAt: one.seenAt ?? seenAt })
    })
    return updated.ok ? updated.document : review
  }
}
