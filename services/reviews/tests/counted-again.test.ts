import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { join, type Member } from './talk.ts'

let club: Club
let writer: Member
let reader: Member
let reviewId: string
beforeAll(async () => {
  club = await openClub()
  const [movieId = ''] = await showFilms(club, 1)
  writer = await join(club)
  reader = await join(club)
  reviewId = (await writer.createReview({ movieId, body: 'Well.' })).id
  await club.db.query(`create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'the disk is full'; end $$`)
})
afterAll(() => club.stop())

/** Lets something be written, and nothing be written beside its review: as if the process had ended in between. */
async function halfDone(work: () => Promise<unknown>): Promise<void> {
  await club.db.query(
    'create trigger refuse before update on documents_reviews for each row execute function refuse()',
  )
  await expect(work()).rejects.toThrow('the disk is full')
  await club.db.query('drop trigger refuse on documents_reviews')
  await club.processEvents()
}
const figures = async () => {
  const { likes, comments } = await writer.getReview({ reviewId })
  return { likes, comments }
}

test('likes and comments are counted though whoever wrote them down could not', async () => {
  await halfDone(() => reader.likeReview({ reviewId }))
  expect(await figures()).toEqual({ likes: 1, comments: 0 })
  await halfDone(() => reader.createComment({ reviewId, body: 'Yes.' }))
  expect(await figures()).toEqual({ likes: 1, comments: 1 })
  await halfDone(() => reader.unlikeReview({ reviewId }))
  expect(await figures()).toEqual({ likes: 0, comments: 1 })
  const [comment] = (await reader.listComments({ reviewId })).items
  await halfDone(() => reader.deleteComment({ commentId: comment?.id ?? '' }))
  expect(await figures()).toEqual({ likes: 0, comments: 0 })
})
