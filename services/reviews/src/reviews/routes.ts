import type { reviewsContract } from '@marquee/contracts/reviews'
import {
  badCursor,
  type CallRequest,
  expectedVersion,
  type Facts,
  fail,
  type Handlers,
  invalid,
  reply,
} from '@marquee/kit/contract'
import type { Reads } from '@marquee/kit/service'
import { myId } from '../part.ts'
import type { createChangeReview, createRemoveReview } from './change-review.ts'
import type { Stores } from './collections.ts'
import type { createLikes } from './likes.ts'
import type { ReviewView } from './review-view.ts'
import { maySee } from './viewer.ts'
import type { WriteReview } from './write-review.ts'

type Names =
  | 'createReview'
  | 'listReviews'
  | 'myPartOfMovie'
  | 'getReview'
  | 'updateReview'
  | 'deleteReview'
  | 'likeReview'
  | 'unlikeReview'
type Deps = {
  reads: Reads
  films: { findAll: (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>> }
  view: ReviewView
  write: WriteReview
  change: ReturnType<typeof createChangeReview>
  remove: ReturnType<typeof createRemoveReview>
  likes: ReturnType<typeof createLikes>
}

export function createReviewRoutes(deps: Deps): Pick<Handlers<(typeof reviewsContract)['endpoints']>, Names> {
  const { reads, films, view, write, change, remove, likes } = deps
  const filmKnown = async (movieId: string) => (await films.findAll([movieId])).has(movieId)

  return {
    async createReview(input, request) {
      const { idempotency } = request
      const written = await write({ ...input, userId: myId(request), idempotency })
      if (written.ok) return view.show(written.review)
      switch (written.code) {
        case 'already-reviewed':
          return fail('already-reviewed', { reviewId: written.reviewId })
        case 'unknown-viewing':
          return invalid([{ path: 'diaryId', message: 'is no viewing of this film in your diary' }])
        default:
          return fail(written.code)
      }
    },

    async listReviews({ movieId, ...wish }, { caller }) {
      const page = await view.ofMovie(reads.for(caller), movieId, { ...wish, cursor: wish.cursor })
      if (!page) return badCursor()
      return page.items.length > 0 || (await filmKnown(movieId)) ? page : fail('not-found')
    },

    async myPartOfMovie({ movieId }, request) {
      const mine = await view.mine(myId(request), movieId)
      return mine.reviews.length > 0 || (await filmKnown(movieId)) ? mine : fail('not-found')
    },

    getReview: async ({ reviewId }, { caller }) => (await view.one(reviewId, caller)) ?? fail('not-found'),

    async updateReview({ reviewId, ...words }, request) {
      const changed = await change(reviewId, words, expectedVersion(request))
      return changed.ok ? view.show(changed.review) : fail(changed.code)
    },

    deleteReview: async ({ reviewId }) =>
      (await remove(reviewId)) ? reply(204, undefined) : fail('not-found'),

    async likeReview({ reviewId }, request) {
      const liked = await likes.like({ reviewId, userId: myId(request), caller: request.caller })
      return liked.ok ? reply(204, undefined) : fail(liked.code)
    },

    async unlikeReview({ reviewId }, request) {
      const unliked = await likes.unlike({ reviewId, userId: myId(request), caller: request.caller })
      return unliked.ok ? reply(204, undefined) : fail(unliked.code)
    },
  }
}

/** Whose a review or comment is; what the caller may not see is not there for them. */
export function createReviewGuards({ reviews, comments }: Pick<Stores, 'reviews' | 'comments'>) {
  return {
    ofReview: async (
      { reviewId }: { reviewId: string },
      { caller }: CallRequest,
    ): Promise<Facts | undefined> => {
      const review = await reviews.get(reviewId)
      return review && maySee(review, caller) ? { holderId: review.writerId } : undefined
    },
    ofComment: async (
      { commentId }: { commentId: string },
      { caller }: CallRequest,
    ): Promise<Facts | undefined> => {
      const comment = await comments.get(commentId)
      return comment && maySee(comment, caller) ? { holderId: comment.writerId } : undefined
    },
  }
}
