import type {
  CommentDocument,
  CommentFields,
  ReportDocument,
  ReportFields,
  ReviewDocument,
  ReviewFields,
} from './collections.ts'

export const writerFilmOf = (userId: string, movieId: string): string => `${userId}/${movieId}`

/** What a person can review once: a film as such, or one viewing of it. */
export const slotOf = (userId: string, movieId: string, diaryId: string | null): string =>
  `${writerFilmOf(userId, movieId)}/${diaryId ?? 'film'}`

/** Stars together with what lists sort by: a review without stars is neither the highest nor the lowest. */
export const starred = (
  stars: number | null,
  sequence: number,
): Pick<ReviewFields, 'stars' | 'starsSequence' | 'highest' | 'lowest'> => ({
  stars,
  starsSequence: sequence,
  highest: stars ?? 0,
  lowest: stars ?? 10,
})

/** Instants as documents keep them: of one length, so that their text sorts as they do. */
export const stamp = (instant: Temporal.Instant): string => instant.toString({ smallestUnit: 'microsecond' })

export function reviewWith(document: ReviewDocument, changes: Partial<ReviewFields>): ReviewFields {
  const { id: _id, version: _version, ...fields } = document
  return { ...fields, ...changes }
}

export function commentWith(document: CommentDocument, changes: Partial<CommentFields>): CommentFields {
  const { id: _id, version: _version, ...fields } = document
  return { ...fields, ...changes }
}

export function reportWith(document: ReportDocument, changes: Partial<ReportFields>): ReportFields {
  const { id: _id, version: _version, ...fields } = document
  return { ...fields, ...changes }
}
