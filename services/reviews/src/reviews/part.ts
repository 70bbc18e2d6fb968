import { createForgetPages, type ForgetPages } from '../forget-pages.ts'
import type { Part, PartDeps } from '../part.ts'
import type { Naming } from '../people-copy.ts'
import { findPeople } from '../people-store.ts'
import { createChangeReview, createClearThread, createRemoveReview } from './change-review.ts'
import { commentDocuments, likeDocuments, reportDocuments, reviewDocuments } from './collections.ts'
import { createComments } from './comments.ts'
import { createEraseWriter } from './erase-writer.ts'
import { createEvenings } from './evenings.ts'
import { createHeedErasure } from './heed-erasure.ts'
import { createLikes } from './likes.ts'
import { onStars } from './on-stars.ts'
import { onThreads } from './on-threads.ts'
import { onWriters } from './on-writers.ts'
import { createPresent } from './present.ts'
import { createRecount } from './recount.ts'
import { createReportView } from './report-view.ts'
import { createReports } from './reports.ts'
import { createReviewView, type ReviewView } from './review-view.ts'
import { createReviewGuards, createReviewRoutes } from './routes.ts'
import { createSeenAt, type NoteSeen } from './seen-at.ts'
import { createThreadRoutes } from './thread-routes.ts'
import { createWriteReview, type WriteReview } from './write-review.ts'
import { createStanding } from './writer-standing.ts'

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
type Deps = Pick<
  PartDeps,
  'db' | 'reads' | 'documents' | 'films' | 'people' | 'cache' | 'flags' | 'clock' | 'ids'
> & {
  naming: Naming
}

export type ReviewsPart = Part<Names> & {
  /** Publishes a review; importers give its own `createdAt`. */
  writeReview: WriteReview
  reviewView: ReviewView
  /** Tells the reviews of a person and film that a ticket was admitted. */
  noteSeen: NoteSeen
  /** Drops cached pages of films' reviews and of people. */
  forgetPages: ForgetPages
}

export async function createReviewsPart(deps: Deps): Promise<ReviewsPart> {
  const { db, reads, documents, films, people, naming, cache, flags, ids, clock } = deps
  const [reviews, comments, likes, reports] = await Promise.all([
    documents.open(reviewDocuments),
    documents.open(commentDocuments),
    documents.open(likeDocuments),
    documents.open(reportDocuments),
  ])
  const stores = { reviews, comments, likes, reports }
  const making = { newId: ids.uuid, now: clock.now }
  // Whose name is not copied yet has no page that could be kept.
  const forgetPages = createForgetPages({ cache, people: { find: (ids) => findPeople(db, ids) } })
  const clearThread = createClearThread(stores)
  const recount = createRecount({ ...stores, clearThread })
  const present = createPresent({ people, films, evenings: createEvenings(db) })
  const eraseWriter = createEraseWriter({ ...stores, recount, forgetPages })
  const heedErasure = createHeedErasure({ db, eraseWriter })
  const view = createReviewView({ ...stores, present })
  const write = createWriteReview({
    reviews,
    films,
    standing: createStanding(db),
    forgetPages,
    heedErasure,
    ...making,
  })
  const guards = createReviewGuards(stores)

  return {
    handlers: {
      ...createReviewRoutes({
        reads,
        films,
        view,
        write,
        change: createChangeReview({ reviews, forgetPages, now: clock.now }),
        remove: createRemoveReview({ reviews, forgetPages, clearThread }),
        likes: createLikes({ ...stores, recount, forgetPages, heedErasure }),
      }),
      ...createThreadRoutes({
        flags,
        stores,
        present,
        comments: createComments({ ...stores, people, films, recount, forgetPages, heedErasure, ...making }),
        reports: createReports({ ...stores, recount, forgetPages, heedErasure, now: clock.now }),
        reportView: createReportView({ ...stores, present }),
      }),
    },
    guards: {
      updateReview: guards.ofReview,
      deleteReview: guards.ofReview,
      deleteComment: guards.ofComment,
    },
    subscriptions: [
      onStars({ reviews, forgetPages }),
      onWriters({
        db,
        naming,
        reviews,
        eraseWriter,
        forgetPages,
      }),
      onThreads({ reviews, clearThread, recount, forgetPages }),
    ],
    jobs: [],
    writeReview: write,
    reviewView: view,
    noteSeen: createSeenAt({ reviews, forgetPages }),
    forgetPages,
  }
}
