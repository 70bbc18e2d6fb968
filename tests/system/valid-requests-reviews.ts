import { randomUUID } from 'node:crypto'
import { made } from '../harness/house.ts'
import type { Attempt, Prepare, Valid } from './valid-requests.ts'

/** A film of its own, so that nobody reviewed it before. */
const film: Prepare = async ({ cast }) => {
  const body = { title: `Film ${randomUUID()}` }
  const { id } = await made(cast.as('admin')('POST', '/api/movies', { body }))
  return { params: { movieId: id } }
}
const nothing: Prepare = () => ({})
const text = { body: 'A film to be seen twice.' }

/** A review by the holder. */
const review: Prepare = async (attempt) => {
  const { params } = await film(attempt)
  const path = `/api/movies/${params?.movieId}/reviews`
  const { id } = await made(attempt.cast.as('holder')('POST', path, { body: text }))
  return { params: { reviewId: id } }
}
const comment: Prepare = async (attempt) => {
  const { params } = await review(attempt)
  const path = `/api/reviews/${params?.reviewId}/comments`
  const { id } = await made(attempt.cast.as('holder')('POST', path, { body: text }))
  return { params: { commentId: id } }
}
const report: Prepare = async (attempt) => {
  const { params } = await review(attempt)
  const path = `/api/reviews/${params?.reviewId}/reports`
  const { id } = await made(attempt.cast.as('other user')('POST', path, { body: { reason: 'Rude.' } }))
  return { params: { reportId: id }, body: { decision: 'keep' } }
}
const viewing: Prepare = async ({ cast }) => {
  const body = { movieId: cast.movieId }
  const { id } = await made(cast.as('holder')('POST', '/api/diary', { body }))
  return { params: { diaryId: id } }
}
const somebody: Prepare = async ({ cast }) => {
  const { handle } = await made<{ handle: string }>(cast.extra('GET', '/api/me'))
  return { params: { handle } }
}
const file = () => {
  const form = new FormData()
  form.set(
    'file',
    new Blob(['Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Metropolis,1927,https://boxd.it/1,4.5\n']),
    'ratings.csv',
  )
  return form
}
/** An import of the holder's. */
const moved: Prepare = async ({ cast }) => {
  const asked = await cast.as('holder')('POST', '/api/me/import', { body: file() })
  const id = asked.status === 409 ? String(asked.body.importId) : (await made(Promise.resolve(asked))).id
  return { params: { importId: id } }
}
const also =
  (prepare: Prepare, more: Valid): Prepare =>
  async (attempt: Attempt) => ({ ...(await prepare(attempt)), ...more })

export const validForReviews: Readonly<Record<string, Prepare>> = {
  'PUT /api/movies/:movieId/rating': also(film, { body: { stars: 3.5 } }),
  'GET /api/movies/:movieId/rating': film,
  'DELETE /api/movies/:movieId/rating': film,
  'GET /api/movies/:movieId/ratings': film,
  'POST /api/movies/:movieId/reviews': also(film, { body: text }),
  'GET /api/movies/:movieId/reviews': film,
  'GET /api/movies/:movieId/reviews/mine': film,
  'GET /api/reviews/:reviewId': review,
  'PATCH /api/reviews/:reviewId': also(review, { body: { spoiler: true } }),
  'DELETE /api/reviews/:reviewId': review,
  'GET /api/reviews/:reviewId/comments': review,
  'POST /api/reviews/:reviewId/comments': also(review, { body: text }),
  'DELETE /api/comments/:commentId': comment,
  'PUT /api/reviews/:reviewId/like': review,
  'DELETE /api/reviews/:reviewId/like': review,
  'POST /api/reviews/:reviewId/reports': also(review, { body: { reason: 'Rude.' } }),
  'GET /api/moderation/reports': nothing,
  'POST /api/moderation/reports/:reportId': report,
  'GET /api/diary': nothing,
  'POST /api/diary': ({ cast }) => ({ body: { movieId: cast.movieId } }),
  'PATCH /api/diary/:diaryId': also(viewing, { body: { liked: true } }),
  'DELETE /api/diary/:diaryId': viewing,
  'GET /api/people/:handle': somebody,
  'GET /api/people/:handle/reviews': somebody,
  'GET /api/people/:handle/diary': somebody,
  'GET /api/people/:handle/followers': somebody,
  'GET /api/people/:handle/following': somebody,
  'GET /api/people/:handle/follow': somebody,
  'PUT /api/people/:handle/follow': somebody,
  'DELETE /api/people/:handle/follow': somebody,
  'GET /api/feed': nothing,
  // A file with no rows in it may be refused for that.
  'POST /api/me/import': () => ({ body: file(), also: [409, 422] }),
  'GET /api/me/imports': nothing,
  'GET /api/me/imports/:importId': moved,
  'GET /api/me/imports/:importId/films': moved,
  'POST /api/me/imports/:importId/matches': also(moved, {
    body: { matches: [{ key: 'nowhere', movieId: null }] },
    also: [422],
  }),
  'GET /api/me/export/letterboxd.zip': nothing,
  'GET /api/me/export/imdb-ratings.csv': nothing,
  'GET /api/me/export/imdb-watchlist.csv': nothing,
  'GET /api/me/export/community.json': nothing,
}
