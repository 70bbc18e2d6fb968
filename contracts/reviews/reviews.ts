import { endpoint, event, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, LocalDate, MovieId, page, paging, text, UserId, Uuid, Version } from '../common.ts'
import { Stars } from './ratings.ts'

export const ReviewId = Uuid
export const CommentId = Uuid
export const DiaryId = Uuid

/** Who wrote it; null once that person is erased. */
export const Author = z.object({ userId: UserId, handle: z.string(), name: z.string() }).nullable()
/**
 * Where and when the writer's ticket was admitted: for the viewing that a review is about, or, where it is about none, for
 * the last one before it was written. Gone with that viewing from the diary.
 */
export const SeenAt = z.object({ theaterName: z.string(), on: LocalDate })

export const Review = z.object({
  id: ReviewId,
  movieId: MovieId,
  movieTitle: z.string(),
  author: Author,
  title: z.string().nullable(),
  /** Plain text; line breaks count. */
  body: z.string(),
  spoiler: z.boolean(),
  stars: Stars.nullable(),
  likes: z.int(),
  comments: z.int(),
  seenAt: SeenAt.nullable(),
  /** The day of the viewing it is about, unless that is for few to know. */
  viewedOn: LocalDate.nullable(),
  status: z.enum(['published', 'hidden']),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  version: Version,
})
export type Review = z.infer<typeof Review>
export const Comment = z.object({
  id: CommentId,
  reviewId: ReviewId,
  author: Author,
  body: z.string(),
  status: z.enum(['published', 'hidden']),
  createdAt: Instant,
})
export type Comment = z.infer<typeof Comment>

const reviewFields = {
  title: text(120).nullable(),
  body: text(10_000),
  spoiler: z.boolean(),
}
const ofReview = z.object({ reviewId: ReviewId })

export const createReview = endpoint({
  method: 'POST',
  path: '/api/movies/:movieId/reviews',
  summary: 'Review a film: once, or once for each viewing in my diary',
  access: ['user'],
  idempotent: true,
  limit: 'writing',
  params: z.object({ movieId: MovieId }),
  body: z.object({
    title: reviewFields.title.default(null),
    body: reviewFields.body,
    spoiler: reviewFields.spoiler.default(false),
    diaryId: DiaryId.optional(),
  }),
  responses: { 201: Review, 409: problem('already-reviewed', { reviewId: ReviewId }) },
})
export const listReviews = endpoint({
  method: 'GET',
  path: '/api/movies/:movieId/reviews',
  summary: 'Reviews of a film',
  access: ['anyone'],
  cache: { seconds: 5, staleSeconds: 30, tags: ['reviews:{movieId}'] },
  params: z.object({ movieId: MovieId }),
  query: z.object({
    sort: z.enum(['newest', 'helpful', 'highest', 'lowest']).default('helpful'),
    ...paging,
  }),
  responses: { 200: page(Review) },
})
/** The personal part of a film's page, asked for after the page. */
export const myPartOfMovie = endpoint({
  method: 'GET',
  path: '/api/movies/:movieId/reviews/mine',
  summary: 'My reviews of a film, and which of its reviews I like',
  access: ['user'],
  params: z.object({ movieId: MovieId }),
  responses: { 200: z.object({ reviews: z.array(Review), liked: z.array(ReviewId) }) },
})
export const getReview = endpoint({
  method: 'GET',
  path: '/api/reviews/:reviewId',
  summary: 'One review',
  access: ['anyone'],
  params: ofReview,
  responses: { 200: Review },
})
export const updateReview = endpoint({
  method: 'PATCH',
  path: '/api/reviews/:reviewId',
  summary: 'Change my review',
  access: ['holder'],
  limit: 'writing',
  params: ofReview,
  body: z.object(reviewFields).partial(),
  responses: { 200: Review },
})
export const deleteReview = endpoint({
  method: 'DELETE',
  path: '/api/reviews/:reviewId',
  summary: 'Remove a review with its comments',
  access: ['holder', 'admin'],
  params: ofReview,
  responses: { 204: nothing },
})

export const listComments = endpoint({
  method: 'GET',
  path: '/api/reviews/:reviewId/comments',
  summary: 'Comments on a review, oldest first',
  access: ['anyone'],
  params: ofReview,
  query: z.object({ ...paging }),
  responses: { 200: page(Comment) },
})
export const createComment = endpoint({
  method: 'POST',
  path: '/api/reviews/:reviewId/comments',
  summary: 'Comment on a review',
  access: ['user'],
  idempotent: true,
  limit: 'writing',
  params: ofReview,
  body: z.object({ body: text(2000) }),
  responses: { 201: Comment },
})
export const deleteComment = endpoint({
  method: 'DELETE',
  path: '/api/comments/:commentId',
  summary: 'Remove a comment',
  access: ['holder', 'admin'],
  params: z.object({ commentId: CommentId }),
  responses: { 204: nothing },
})
export const likeReview = endpoint({
  method: 'PUT',
  path: '/api/reviews/:reviewId/like',
  summary: 'Like a review',
  access: ['user'],
  limit: 'rating',
  params: ofReview,
  responses: { 204: nothing },
})
export const unlikeReview = endpoint({
  method: 'DELETE',
  path: '/api/reviews/:reviewId/like',
  summary: 'Take my like back',
  access: ['user'],
  limit: 'rating',
  params: ofReview,
  responses: { 204: nothing },
})

export const reportReview = endpoint({
  method: 'POST',
  path: '/api/reviews/:reviewId/reports',
  summary: 'Report a review, or one of its comments, to the moderators',
  access: ['user'],
  limit: 'writing',
  params: ofReview,
  body: z.object({ reason: text(500), commentId: CommentId.optional() }),
  responses: { 202: z.object({ id: Uuid }) },
})
export const Report = z.object({
  id: Uuid,
  status: z.enum(['open', 'kept', 'hidden']),
  /** What is reported now stands so. */
  review: Review,
  comment: Comment.nullable(),
  /** Everybody's reasons, newest first; at most 20. */
  reasons: z.array(z.object({ reason: z.string(), reportedAt: Instant })),
  reports: z.int(),
  decidedAt: Instant.nullable(),
})
export type Report = z.infer<typeof Report>
/** One line for each reported text, however many reported it. */
export const listReports = endpoint({
  method: 'GET',
  path: '/api/moderation/reports',
  summary: 'Reported reviews and comments, most reported first',
  access: ['admin'],
  query: z.object({ status: z.enum(['open', 'kept', 'hidden']).default('open'), ...paging }),
  responses: { 200: page(Report) },
})
/** May be decided again: that is the undo. */
export const decideReport = endpoint({
  method: 'POST',
  path: '/api/moderation/reports/:reportId',
  summary: 'Keep or hide what was reported',
  access: ['admin'],
  params: z.object({ reportId: Uuid }),
  body: z.object({ decision: z.enum(['keep', 'hide']) }),
  responses: { 200: Report },
})

export const reviewPublished = event(
  'review.published.v1',
  z.object({ reviewId: ReviewId, movieId: MovieId, userId: UserId, version: Version }),
)
export const reviewCommented = event(
  'review.commented.v1',
  z.object({
    commentId: CommentId,
    reviewId: ReviewId,
    movieId: MovieId,
    movieTitle: z.string(),
    /** Who wrote the review, to be told. */
    userId: UserId,
    /** Who commented, so that their erasure is heeded; a process before an upgrade leaves it out. */
    commenterId: UserId.optional(),
    commenterName: z.string(),
  }),
)
/** A review is gone; what hung on it goes as well. */
export const reviewRemoved = event('review.removed.v1', z.object({ reviewId: ReviewId, movieId: MovieId }))
/** Likes or comments under a review came or went, or were hidden: they are counted again. */
export const threadChanged = event('thread.changed.v1', z.object({ reviewId: ReviewId }))
