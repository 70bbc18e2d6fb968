import type { Caller } from '@marquee/kit/contract'
import type { ForgetPages } from '../forget-pages.ts'
import type { ReportDocument, Stores } from './collections.ts'
import type { HeedErasure } from './heed-erasure.ts'
import { countAgain, type Recount } from './recount.ts'
import { commentWith, reportWith, reviewWith, stamp } from './review-fields.ts'
import { maySee } from './viewer.ts'

type Deps = Pick<Stores, 'reviews' | 'comments' | 'reports'> & {
  recount: Recount
  forgetPages: ForgetPages
  heedErasure: HeedErasure
  now: () => Temporal.Instant
}
type Complaint = {
  reviewId: string
  commentId?: string | undefined
  reason: string
  userId: string
  caller: Caller
}
type NotFound = { ok: false; code: 'not-found' }
const notFound: NotFound = { ok: false, code: 'not-found' }
const mostReasons = 20

/** Takes reports and carries out what moderators decide. */
export function createReports({ reviews, comments, reports, recount, forgetPages, heedErasure, now }: Deps) {
  return {
    /** A person's second report of a text changes nothing. A new one brings a text that was kept before them again. */
    async report(complaint: Complaint): Promise<{ ok: true; id: string } | NotFound> {
      const { reviewId, commentId, reason, userId, caller } = complaint
      const [review, comment] = await Promise.all([
        reviews.get(reviewId),
        commentId === undefined ? undefined : comments.get(commentId),
      ])
      if (!review || !maySee(review, caller)) return notFound
      if (commentId !== undefined && (comment?.reviewId !== reviewId || !maySee(comment, caller)))
        return notFound
      const id = commentId ?? reviewId
      await reports.upsert(id, (known) => {
        if (known?.reporters.includes(userId)) return undefined
        const entry = { userId, reason, reportedAt: stamp(now()) }
        return {
          reviewId,
          commentId: commentId ?? null,
          status: known?.status === 'hidden' ? 'hidden' : 'open',
          reasons: [entry, ...(known?.reasons ?? [])].slice(0, mostReasons),
          reporters: [...(known?.reporters ?? []), userId],
          reports: (known?.reports ?? 0) + 1,
          decidedAt: known?.decidedAt ?? null,
        }
      })
      await heedErasure(userId)
      return { ok: true, id }
    },

    async decide(
      reportId: string,
      decision: 'keep' | 'hide',
    ): Promise<{ ok: true; report: ReportDocument } | NotFound> {
      const report = await reports.get(reportId)
      if (!report) return notFound
      // The text first: should this process end in between, the report is still there to be decided.
      if (!(await show(report, decision === 'hide' ? 'hidden' : 'published'))) return notFound
      const decided = await reports.update(reportId, (one) =>
        reportWith(one, { status: decision === 'hide' ? 'hidden' : 'kept', decidedAt: stamp(now()) }),
      )
      return decided.ok ? { ok: true, report: decided.document } : notFound
    },
  }

  async function show(
    { reviewId, commentId }: ReportDocument,
    status: 'published' | 'hidden',
  ): Promise<boolean> {
    const changed =
      commentId === null
        ? await reviews.update(reviewId, (review) => reviewWith(review, { status }))
        : await comments.update(commentId, (comment) => commentWith(comment, { status }), {
            events: () => countAgain(reviewId),
          })
    if (!changed.ok || !(await recount(reviewId))) return false
    const review = await reviews.get(reviewId)
    await forgetPages({ movies: review ? [review.movieId] : [], people: [review?.writerId ?? null] })
    return true
  }
}
