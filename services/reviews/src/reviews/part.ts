import { fail } from '@marquee/kit/contract'
import type { Part, PartDeps } from '../part.ts'

type Names =
  | 'createReview'
  | 'listReviews'
  | 'myPartOfMovie'
  | 'getReview'
  | 'updateReview'
  | 'deleteReview'
  | 'listComments'
  | 'createComment'
  | 'deleteComment'
  | 'likeReview'
  | 'unlikeReview'
  | 'reportReview'
  | 'listReports'
  | 'decideReport'

const notYet = () => fail('not-found')

export function createReviewsPart(_deps: PartDeps): Part<Names> {
  return {
    handlers: {
      createReview: notYet,
      listReviews: notYet,
      myPartOfMovie: notYet,
      getReview: notYet,
      updateReview: notYet,
      deleteReview: notYet,
      listComments: notYet,
      createComment: notYet,
      deleteComment: notYet,
      likeReview: notYet,
      unlikeReview: notYet,
      reportReview: notYet,
      listReports: notYet,
      decideReport: notYet,
    },
    guards: {
      updateReview: () => undefined,
      deleteReview: () => undefined,
      deleteComment: () => undefined,
    },
    subscriptions: [],
    jobs: [],
  }
}
