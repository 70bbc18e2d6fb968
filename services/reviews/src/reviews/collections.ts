import { collection, type Document, type DocumentStore } from '@marquee/kit/documents'
import { z } from 'zod'

const Status = z.enum(['published', 'hidden'])
/** The idempotency key under which a document was made, kept in it. */
const Request = z.object({ bodyHash: z.string(), at: z.string() }).nullable()

export const reviewDocuments = collection({
  name: 'reviews',
  schema: z.object({
    movieId: z.string(),
    /** Null once that person is erased. */
    writerId: z.string().nullable(),
    /** Who about what: finds the reviews that a rating or an admission belongs to. */
    writerFilm: z.string(),
    /** Who about which viewing of what: taken once. */
    slot: z.string(),
    diaryId: z.string().nullable(),
    title: z.string().nullable(),
    body: z.string(),
    spoiler: z.boolean(),
    stars: z.number().nullable(),
    /** The place in the intake of the rating that `stars` is from. */
    starsSequence: z.number(),
    /** As `stars`, where none comes last in either order. */
    highest: z.number(),
    lowest: z.number(),
    likes: z.number(),
    comments: z.number(),
    /** A ticket was admitted before a review of the film as such: `evenings.ts` says whether that may still be told. */
    seenAt: z.object({ theaterName: z.string(), on: z.string() }).nullable(),
    status: Status,
    createdAt: z.string(),
    editedAt: z.string().nullable(),
    /** Counts what the writer changed; `version` moves with every like. */
    edition: z.number(),
    request: Request,
    requestKey: z.string(),
  }),
  indexes: [
    { name: 'slot', fields: ['slot'], unique: true },
    { name: 'request', fields: ['requestKey'], unique: true },
    { name: 'writer-film', fields: ['writerFilm'] },
    { name: 'diary', fields: ['diaryId'] },
    { name: 'newest', fields: ['movieId', 'status', '-createdAt'] },
    { name: 'helpful', fields: ['movieId', 'status', '-likes', '-createdAt'] },
    { name: 'highest', fields: ['movieId', 'status', '-highest', '-createdAt'] },
    { name: 'lowest', fields: ['movieId', 'status', 'lowest', '-createdAt'] },
    { name: 'writer', fields: ['writerId', '-createdAt'] },
    { name: 'writer-status', fields: ['writerId', 'status', '-createdAt'] },
  ],
})
export type ReviewFields = z.output<(typeof reviewDocuments)['schema']>
export type ReviewDocument = Document<ReviewFields>

export const commentDocuments = collection({
  name: 'comments',
  schema: z.object({
    reviewId: z.string(),
    writerId: z.string().nullable(),
    body: z.string(),
    status: Status,
    createdAt: z.string(),
    /** When, then which: unique, and in the order they are read. */
    place: z.string(),
    request: Request,
    requestKey: z.string(),
  }),
  indexes: [
    { name: 'request', fields: ['requestKey'], unique: true },
    { name: 'thread', fields: ['reviewId', 'status', 'place'] },
    { name: 'own', fields: ['reviewId', 'writerId', 'status', 'place'] },
    { name: 'writer', fields: ['writerId', 'place'] },
  ],
})
export type CommentFields = z.output<(typeof commentDocuments)['schema']>
export type CommentDocument = Document<CommentFields>

/** One document a like: its id is whose of what, so that it is given once. */
export const likeDocuments = collection({
  name: 'likes',
  schema: z.object({ reviewId: z.string(), userId: z.string(), movieId: z.string() }),
  indexes: [
    { name: 'review', fields: ['reviewId'] },
    { name: 'person-film', fields: ['userId', 'movieId'] },
  ],
})
export type LikeFields = z.output<(typeof likeDocuments)['schema']>

/** One document a reported text, whoever reported it; its id is that of the text. */
export const reportDocuments = collection({
  name: 'reports',
  schema: z.object({
    reviewId: z.string(),
    commentId: z.string().nullable(),
    status: z.enum(['open', 'kept', 'hidden']),
    /** Newest first; the latest twenty. */
    reasons: z.array(z.object({ userId: z.string(), reason: z.string(), reportedAt: z.string() })),
    reporters: z.array(z.string()),
    reports: z.number(),
    decidedAt: z.string().nullable(),
  }),
  indexes: [
    { name: 'most', fields: ['status', '-reports'] },
    { name: 'review', fields: ['reviewId'] },
    { name: 'reporters', fields: ['reporters[]'] },
  ],
})
export type ReportFields = z.output<(typeof reportDocuments)['schema']>
export type ReportDocument = Document<ReportFields>

export type Stores = {
  reviews: DocumentStore<ReviewFields>
  comments: DocumentStore<CommentFields>
  likes: DocumentStore<LikeFields>
  reports: DocumentStore<ReportFields>
}
