import { randomUUIDv7 } from 'node:crypto'
import { ticketAdmitted } from '@marquee/contracts/booking'
import { strToU8 } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { films, idOf, type Moving, openMoving } from './moving-world.ts'
import { join, type Member } from './talk.ts'

let club: Moving['club']
let moveIn: Moving['moveIn']
let download: Moving['download']
beforeAll(async () => {
  ;({ club, moveIn, download } = await openMoving())
})
afterAll(() => club.stop())

const bodiesOf = async (who: Member, title: string) =>
  (await who.myPartOfMovie({ movieId: idOf(title) })).reviews.map(({ body }) => body).sort()
const reviewed = (...rows: string[]) =>
  strToU8(`${films},Rating,Rewatch,Review,Tags,Watched Date\n${rows.join('\n')}\n`)

test('what somebody took along and brings back is published no second time, whatever it was about', async () => {
  const me = await join(club)
  const write = (title: string, more: object) =>
    me.createReview({ movieId: idOf(title), body: `About ${title}.`, ...more })
  await write('Sunrise', { title: 'Trams', body: 'A tram & a lake.\r\n\r\n\r\n<b>Again!</b>' })
  const undated = await me.createDiaryEntry({ movieId: idOf('Metropolis') })
  await write('Metropolis', { diaryId: undated.id, title: 'Machines' })
  const gone = await me.createDiaryEntry({ movieId: idOf('Tabu'), watchedOn: '2021-02-28' })
  await write('Tabu', { diaryId: gone.id })
  await me.deleteDiaryEntry({ diaryId: gone.id })
  const whole = await download(me.userId, 'community.json')
  const zip = await download(me.userId, 'letterboxd.zip')
  for (const [name, { rawPayload }] of [
    ['community.json', whole],
    ['letterboxd.zip', zip],
  ] as const) {
    const again = await moveIn(me.userId, rawPayload, name)
    expect(again, name).toMatchObject({ status: 'done', written: { reviews: 0 }, skippedRows: 0 })
    expect(again.written.unchanged, name).toBeGreaterThanOrEqual(3)
  }
  expect(await bodiesOf(me, 'Sunrise')).toHaveLength(1)
  expect(await bodiesOf(me, 'Metropolis')).toEqual(['About Metropolis.'])
  expect(await bodiesOf(me, 'Tabu')).toEqual(['About Tabu.'])
})

test('a file brought again after its viewing was deleted publishes its review no second time', async () => {
  const me = await join(club)
  const file = reviewed('2021-03-01,Sunrise,1927,x,4,,"Once <i>only</i>.",,2021-02-28')
  await moveIn(me.userId, file, 'reviews.csv')
  const [entry] = (await me.listDiary({})).items
  await me.deleteDiaryEntry({ diaryId: entry?.id ?? '' })
  const again = await moveIn(me.userId, file, 'reviews.csv')
  expect(again).toMatchObject({ written: { diary: 1, reviews: 0 }, skippedRows: 0 })
  expect(await bodiesOf(me, 'Sunrise')).toEqual(['Once only.'])
})

test('the same words about another evening are another review', async () => {
  const me = await join(club)
  const file = reviewed(
    '2021-03-01,Sunrise,1927,x,4,,Still great.,,2021-02-28',
    '2022-03-01,Sunrise,1927,x,4,Yes,Still great.,,2022-02-28',
  )
  expect(await moveIn(me.userId, file, 'reviews.csv')).toMatchObject({ written: { diary: 2, reviews: 2 } })
})

test('two evenings of one day keep a review each where they move to', async () => {
  const [me, other] = [await join(club), await join(club)]
  const movieId = idOf('Nosferatu')
  for (const body of ['The matinee.', 'The late show.']) {
    const { id: diaryId } = await me.createDiaryEntry({ movieId, watchedOn: '2021-02-28' })
    await me.createReview({ movieId, body, diaryId })
  }
  const { rawPayload } = await download(me.userId, 'community.json')
  const moved = await moveIn(other.userId, rawPayload, 'community.json')
  expect(moved).toMatchObject({ written: { diary: 2, reviews: 2 }, skippedRows: 0 })
  expect(await bodiesOf(other, 'Nosferatu')).toEqual(['The late show.', 'The matinee.'])
})

test('what somebody did about what others wrote, and where their tickets were admitted, is in the file too', async () => {
  const [me, other] = [await join(club), await join(club)]
  const movieId = idOf('Nosferatu')
  const review = await other.createReview({ movieId, body: 'Rats.' })
  const comment = await other.createComment({ reviewId: review.id, body: 'So many.' })
  await me.likeReview({ reviewId: review.id })
  await me.reportReview({ reviewId: review.id, reason: 'An advertisement' })
  await me.reportReview({ reviewId: review.id, commentId: comment.id, reason: 'Rude' })
  await other.reportReview({ reviewId: review.id, reason: 'My own' })
  const showId = randomUUIDv7()
  await club.deliver(ticketAdmitted, {
    ticketId: randomUUIDv7(),
    orderId: randomUUIDv7(),
    userId: me.userId,
    showId,
    movieId,
    theaterName: 'The Plaza',
    day: '2026-11-20',
    admittedAt: '2026-11-20T22:30:00Z',
  })
  const file = (await download(me.userId, 'community.json')).json()
  expect(file).toMatchObject({
    likes: [{ reviewId: review.id, movieId }],
    admissions: [{ showId, movieId, theaterName: 'The Plaza', on: '2026-11-20' }],
  })
  expect(file.reports).toHaveLength(2)
  expect(file.reports).toEqual(
    expect.arrayContaining([
      { reviewId: review.id, commentId: null, reason: 'An advertisement', reportedAt: expect.any(String) },
      { reviewId: review.id, commentId: comment.id, reason: 'Rude', reportedAt: expect.any(String) },
    ]),
  )
})
