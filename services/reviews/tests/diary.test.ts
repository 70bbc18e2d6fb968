import { randomUUIDv7 } from 'node:crypto'
import { ticketAdmitted } from '@marquee/contracts/booking'
import { advanceClock, anonymous } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'
import { join, type Member, wholeList } from './talk.ts'

let club: Club
let movieId: string
let robin: Member
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.stop())
beforeEach(async () => {
  const [film] = await showFilms(club, 1)
  movieId = film ?? ''
  robin = await join(club, 'Robin')
})
const admit = (userId: string | null, more: { showId?: string; day?: string } = {}) =>
  club.deliver(ticketAdmitted, {
    ticketId: randomUUIDv7(),
    orderId: randomUUIDv7(),
    showId: more.showId ?? randomUUIDv7(),
    movieId,
    userId,
    admittedAt: '2026-11-20T22:30:00Z',
    theaterName: 'Kino am Hafen',
    day: more.day ?? '2026-11-20',
  })

test('a viewing is written down, and its stars are the person’s rating', async () => {
  const entry = await robin.createDiaryEntry({
    movieId,
    watchedOn: '2026-03-01',
    stars: 4.5,
    liked: true,
    tags: ['35 mm'],
    note: 'With Kim.',
    visibility: 'followers',
  })
  expect(entry).toMatchObject({
    movie: { id: movieId, title: 'Film 0', posterUrl: `/posters/${movieId}.svg` },
    watchedOn: '2026-03-01',
    stars: 4.5,
    liked: true,
    rewatch: false,
    tags: ['35 mm'],
    note: 'With Kim.',
    visibility: 'followers',
    seenAt: null,
    reviewId: null,
    version: 1,
  })
  expect(await robin.getRating({ movieId })).toMatchObject({ stars: 4.5 })
  await robin.updateDiaryEntry({ diaryId: entry.id, stars: 3, note: '' })
  expect(await robin.getRating({ movieId })).toMatchObject({ stars: 3 })
  expect((await robin.listDiary()).items).toMatchObject([{ stars: 3, note: '', liked: true, version: 2 }])
})

test('the diary is read newest viewing first, those without a date last, page by page', async () => {
  for (const watchedOn of ['2026-01-02', null, '2026-01-03', '1999-12-31', '2026-01-02', null])
    await robin.createDiaryEntry({ movieId, watchedOn })
  const days = (await wholeList((cursor) => robin.listDiary({ limit: 2, ...cursor }))).map(
    ({ watchedOn }) => watchedOn,
  )
  expect(days).toEqual(['2026-01-03', '2026-01-02', '2026-01-02', '1999-12-31', null, null])
  expect(await robin.attempt.listDiary({ cursor: 'x' })).toMatchObject({ status: 422 })
})

test('days before the first film, days to come, odd stars and unknown films are refused', async () => {
  for (const watchedOn of ['0000-01-01', '1700-01-01', '2999-01-01'])
    expect(await robin.attempt.createDiaryEntry({ movieId, watchedOn })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'watchedOn' }] },
    })
  expect(await robin.attempt.createDiaryEntry({ movieId, stars: 4.9999999999999964 })).toMatchObject({
    status: 422,
    problem: { errors: [{ path: 'stars' }] },
  })
  expect(await robin.attempt.createDiaryEntry({ movieId: randomUUIDv7() })).toMatchObject({
    status: 422,
    problem: { errors: [{ path: 'movieId' }] },
  })
})

test('a request sent again with its key writes one viewing', async () => {
  const options = { idempotencyKey: 'a-key-of-sixteen-or-more' }
  const sent = await Promise.all(
    Array.from({ length: 6 }, () => robin.createDiaryEntry({ movieId, stars: 4 }, options)),
  )
  expect(new Set(sent.map(({ id }) => id)).size).toBe(1)
  expect(await robin.attempt.createDiaryEntry({ movieId, stars: 1 }, options)).toMatchObject({
    code: 'idempotency-key-reused',
  })
  expect((await robin.listDiary()).items).toHaveLength(1)
  await advanceClock(club.db, { hours: 25 })
  await robin.createDiaryEntry({ movieId, stars: 1 }, options)
  expect((await robin.listDiary()).items).toHaveLength(2)
})

test('nobody else changes or removes a viewing, and two windows do not overwrite each other', async () => {
  const { id: diaryId } = await robin.createDiaryEntry({ movieId, visibility: 'private' })
  const kim = await join(club, 'Kim')
  expect(await kim.attempt.updateDiaryEntry({ diaryId, note: 'Mine.' })).toMatchObject({ status: 403 })
  expect(await kim.attempt.deleteDiaryEntry({ diaryId })).toMatchObject({ status: 403 })
  const change = (note: string) =>
    robin.attempt.updateDiaryEntry({ diaryId, note }, { headers: { 'if-match': '"1"' } })
  expect(await change('One')).toMatchObject({ ok: true, value: { note: 'One', version: 2 } })
  expect(await change('Two')).toMatchObject({ status: 412 })
  await robin.deleteDiaryEntry({ diaryId })
  expect((await robin.listDiary()).items).toEqual([])
})

test('an admitted ticket is a viewing, one a show however many tickets, and a rewatch the second time', async () => {
  const showId = randomUUIDv7()
  await admit(robin.userId, { showId })
  await admit(robin.userId, { showId })
  const { items } = await robin.listDiary()
  expect(items).toMatchObject([
    {
      movie: { id: movieId },
      watchedOn: '2026-11-20',
      rewatch: false,
      visibility: 'private',
      seenAt: { theaterName: 'Kino am Hafen', on: '2026-11-20' },
    },
  ])
  await admit(robin.userId, { day: '2026-11-21' })
  expect((await robin.listDiary()).items).toMatchObject([{ rewatch: true }, { rewatch: false }])
  await robin.deleteDiaryEntry({ diaryId: items[0]?.id ?? '' })
  await admit(robin.userId, { showId })
  expect((await robin.listDiary()).items).toHaveLength(1)
  const guests = await club.db.query('select 1 from diary')
  await admit(null)
  expect((await club.db.query('select 1 from diary')).rowCount).toBe(guests.rowCount)
})

test('a review says where its writer saw the film, whichever came first', async () => {
  const kim = await join(club, 'Kim')
  const before = await robin.createReview({ movieId, body: 'Good.' })
  await admit(robin.userId)
  await admit(kim.userId)
  const after = await kim.createReview({ movieId, body: 'Fine.' })
  const seenAt = { theaterName: 'Kino am Hafen', on: '2026-11-20' }
  expect(after.seenAt).toEqual(seenAt)
  expect((await club.as(anonymous).getReview({ reviewId: before.id })).seenAt).toEqual(seenAt)
})

test('a viewing names the review about it', async () => {
  const { id: diaryId } = await robin.createDiaryEntry({ movieId })
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.', diaryId })
  expect((await robin.listDiary()).items).toMatchObject([{ id: diaryId, reviewId }])
})

test('a review of a viewing says which day it was, for as long as everybody may know that day', async () => {
  const robin = await join(club)
  const { id: diaryId } = await robin.createDiaryEntry({ movieId, watchedOn: '2026-02-03' })
  const { id: reviewId } = await robin.createReview({ movieId, body: 'Good.', diaryId })
  const told = async () => {
    const { items } = await club.as(anonymous).listReviews({ movieId })
    return items.map(({ id, viewedOn }) => [id, viewedOn])
  }
  expect(await told()).toEqual([[reviewId, '2026-02-03']])
  await robin.updateDiaryEntry({ diaryId, watchedOn: '2026-02-04' })
  expect(await told()).toEqual([[reviewId, '2026-02-04']])
  await robin.updateDiaryEntry({ diaryId, visibility: 'followers' })
  expect(await told()).toEqual([[reviewId, null]])
  await robin.updateDiaryEntry({ diaryId, visibility: 'public' })
  await robin.deleteDiaryEntry({ diaryId })
  expect(await told()).toEqual([[reviewId, null]])
})
