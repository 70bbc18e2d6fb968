import type { person } from '../harness/client.ts'
import { made } from '../harness/house.ts'

type Member = Awaited<ReturnType<typeof person>>

/** What people wrote, to be read, changed, reported and removed. */
export async function findCommunity(movies: readonly string[], writer: Member, reader: Member) {
  const some = movies.slice(0, 12)
  const texts = await Promise.all(some.map((movieId) => write(movieId, writer, reader)))
  const handles = await Promise.all(
    [writer, reader].map((member) => made<{ handle: string }>(member('GET', '/api/me'))),
  )
  return {
    handle: handles.map(({ handle }) => handle),
    reviewId: texts.map(({ reviewId }) => reviewId),
    diaryId: texts.map(({ diaryId }) => diaryId),
    commentId: texts.map(({ commentId }) => commentId),
    reportId: texts.map(({ reviewId }) => reviewId),
    stars: [0.5, 3, 4.5],
  }
}

async function write(movieId: string, writer: Member, reader: Member) {
  const body = { body: 'The lighthouse is the best of it.' }
  const { id: diaryId } = await made(writer('POST', '/api/diary', { body: { movieId, stars: 4 } }))
  const review = { body: { ...body, diaryId } }
  const { id: reviewId } = await made(writer('POST', `/api/movies/${movieId}/reviews`, review))
  const { id: commentId } = await made(writer('POST', `/api/reviews/${reviewId}/comments`, { body }))
  await made(reader('POST', `/api/reviews/${reviewId}/reports`, { body: { reason: 'Tells the end' } }))
  return { diaryId, reviewId, commentId }
}
