import type { Report } from '@marquee/contracts/reviews'
import type { ReportDocument, Stores } from './collections.ts'
import type { Presenting } from './present.ts'

type Deps = Pick<Stores, 'reviews' | 'comments' | 'reports'> & { present: Presenting }
type Wish = { status: 'open' | 'kept' | 'hidden'; cursor: string | undefined; limit: number }

/** What moderators read: every reported text once, as it stands now. */
export function createReportView({ reviews, comments, reports, present }: Deps) {
  /** Leaves out what was removed meanwhile. */
  async function show(documents: readonly ReportDocument[]): Promise<Report[]> {
    const [foundReviews, foundComments] = await Promise.all([
      reviews.getMany([...new Set(documents.map(({ reviewId }) => reviewId))]),
      comments.getMany(documents.flatMap(({ commentId }) => commentId ?? [])),
    ])
    const [shownReviews, shownComments] = await Promise.all([
      present.reviews([...foundReviews.values()]),
      present.comments([...foundComments.values()]),
    ])
    const reviewOf = new Map(shownReviews.map((review) => [review.id, review]))
    const commentOf = new Map(shownComments.map((comment) => [comment.id, comment]))
    return documents.flatMap(({ id, reviewId, commentId, status, reasons, reports: count, decidedAt }) => {
      const review = reviewOf.get(reviewId)
      const comment = commentId === null ? null : commentOf.get(commentId)
      if (!review || comment === undefined) return []
      const shown = reasons.map(({ reason, reportedAt }) => ({ reason, reportedAt }))
      return [{ id, status, review, comment, reasons: shown, reports: count, decidedAt }]
    })
  }

  return {
    show,
    /** Undefined when the cursor is none of this list. */
    async list({
      status,
      cursor,
      limit,
    }: Wish): Promise<{ items: Report[]; nextCursor: string | null } | undefined> {
      const page = await reports.find({ where: { status }, order: ['-reports'], cursor, limit })
      return page && { items: await show(page.items), nextCursor: page.nextCursor }
    },
  }
}
