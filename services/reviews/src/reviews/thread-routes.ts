import { reviewComments } from '@marquee/contracts/flags'
import type { reviewsContract } from '@marquee/contracts/reviews'
import { badCursor, fail, type Handlers, reply } from '@marquee/kit/contract'
import type { Flags } from '@marquee/kit/flags'
import { myId } from '../part.ts'
import type { Stores } from './collections.ts'
import type { createComments } from './comments.ts'
import type { Presenting } from './present.ts'
import type { createReportView } from './report-view.ts'
import type { createReports } from './reports.ts'
import { readThread } from './thread-view.ts'
import { maySee } from './viewer.ts'

type Names =
  | 'listComments'
  | 'createComment'
  | 'deleteComment'
  | 'reportReview'
  | 'listReports'
  | 'decideReport'
type Deps = {
  stores: Pick<Stores, 'reviews' | 'comments'>
  flags: Flags
  present: Presenting
  comments: ReturnType<typeof createComments>
  reports: ReturnType<typeof createReports>
  reportView: ReturnType<typeof createReportView>
}

export function createThreadRoutes(deps: Deps): Pick<Handlers<(typeof reviewsContract)['endpoints']>, Names> {
  const { stores, flags, present, comments, reports, reportView } = deps

  return {
    async listComments({ reviewId, cursor, limit }, { caller }) {
      const review = await stores.reviews.get(reviewId)
      if (!review || !maySee(review, caller)) return fail('not-found')
      const thread = await readThread(stores.comments, {
        reviewId,
        viewerId: caller.userId,
        moderator: caller.roles.includes('admin'),
        cursor,
        limit,
      })
      return thread ? { ...thread, items: await present.comments(thread.items) } : badCursor()
    },

    async createComment({ reviewId, body }, request) {
      const { caller, idempotency } = request
      if (!(await flags.isOn(reviewComments, caller)))
        return fail('forbidden', undefined, 'Comments are closed for now')
      const written = await comments.write({ reviewId, body, caller, userId: myId(request), idempotency })
      if (!written.ok) return fail(written.code)
      const [shown] = await present.comments([written.comment])
      return shown ?? fail('not-found')
    },

    deleteComment: async ({ commentId }) =>
      (await comments.remove(commentId)) ? reply(204, undefined) : fail('not-found'),

    async reportReview(input, request) {
      const reported = await reports.report({ ...input, userId: myId(request), caller: request.caller })
      return reported.ok ? { id: reported.id } : fail(reported.code)
    },

    listReports: async (wish) => (await reportView.list({ ...wish, cursor: wish.cursor })) ?? badCursor(),

    async decideReport({ reportId, decision }) {
      const decided = await reports.decide(reportId, decision)
      const [shown] = decided.ok ? await reportView.show([decided.report]) : []
      return shown ?? fail('not-found')
    },
  }
}
