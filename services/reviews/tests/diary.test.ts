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
const admit = (userId: string | null, more: { showId?: string; day?: string; admittedAt?: string } = {}) =>
  club.deliver(ticketAdmitted, {
    ticketId: randomUUIDv7(),
    orderId: randomUUIDv7(),
    showId: randomUUIDv7(),
    movieId,
    userId,
    admittedAt: '2026-11-20T22:30:00Z',
    theaterName: 'Kino am Hafen',
    day: '2026-11-20',
    ...more,
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

test('an evening of long ago is corrected, and the rating of today stays', async () => {
  const stars = async () => (await robin.getRating({ movieId })).stars
  const old = await robin.createDiaryEntry({ movieId, watchedOn: '2015-03-01', stars: 3 })
  const late = await robin.createDiaryEntry({ movieId, watchedOn: '2024-03-01', stars: 5 })
  await robin.updateDiaryEntry({ diaryId: old.id, note: 'With Kim.', stars: 3 })
  expect(await stars()).toBe(5)
  expect(await robin.updateDiaryEntry({ diaryId: old.id, stars: 2 })).toMatchObject({ stars: 2 })
  expect(await stars()).toBe(5)
  await robin.updateDiaryEntry({ diaryId: late.id, stars: 4 })
  expect(await stars()).toBe(4)
  await robin.putRating({ movieId, stars: 1 })
  await robin.updateDiaryEntry({ diaryId: late.id, stars: 4, note: 'Alone.' })
  expect(await stars()).toBe(1)
})

test('an evening of long ago that is written down today rates a film that was not rated, and no other', async () => {
  const stars = async () => (await robin.getRating({ movieId })).stars
  await robin.createDiaryEntry({ movieId, watchedOn: '2024-03-01' })
  await robin.createDiaryEntry({ movieId, watchedOn: '2015-03-01', stars: 3 })
  expect(await stars()).toBe(3)
  await robin.createDiaryEntry({ movieId, watchedOn: null, stars: 1 })
  expect(await stars()).toBe(3)
  await robin.createDiaryEntry({ movieId, watchedOn: '2024-03-01', stars: 4 })
  expect(await stars()).toBe(4)
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
  for (const stars of [2.25, 4.9999999999999964])
    expect(await robin.attempt.createDiaryEntry({ movieId, stars })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'stars', message: 'must be half or whole stars' }] },
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

/** By the clock of the database, which other tests may have moved. */
const hoursAgo = async (hours: number) => {
  const { rows } = await club.db.query<{ now: Temporal.Instant }>('select clock() as now')
  return rows[0]?.now.subtract({ hours }).toString() ?? ''
}
const rate = async (stars: number | null) => {
  if (stars === null) await robin.deleteRating({ movieId })
  else await robin.putRating({ movieId, stars })
  await club.runJob('settle-ratings')
  await club.processEvents()
}
const starsInDiary = async () => (await robin.listDiary()).items.map(({ stars }) => stars)

test('a rating after the film stands in the diary with its stars, until its owner gives the viewing others', async () => {
  await admit(robin.userId, { admittedAt: await hoursAgo(3) })
  for (const stars of [4, 4.5, null, 3]) {
    await rate(stars)
    expect(await starsInDiary()).toEqual([stars])
  }
  const [evening] = (await robin.listDiary()).items
  await robin.updateDiaryEntry({ diaryId: evening?.id ?? '', stars: 2 })
  expect(await robin.getRating({ movieId })).toMatchObject({ stars: 2 })
  await rate(5)
  expect(await starsInDiary()).toEqual([2])
})

test('a rating is about the last evening with an admitted ticket, if that was not long ago', async () => {
  await robin.createDiaryEntry({ movieId, watchedOn: '2015-01-01' })
  await admit(robin.userId, { day: '2026-11-19', admittedAt: await hoursAgo(27) })
  await admit(robin.userId, { day: '2026-11-20', admittedAt: await hoursAgo(3) })
  await rate(4)
  expect(await starsInDiary()).toEqual([4, null, null])

  const [other] = await showFilms(club, 1)
  movieId = other ?? ''
  await admit(robin.userId, { admittedAt: await hoursAgo(15 * 24) })
  await rate(4)
  expect((await robin.listDiary({ movieId })).items).toMatchObject([{ stars: null }])
})

test('stars for an evening long ago are not about the one last night, and what is rated after them is', async () => {
  await admit(robin.userId, { admittedAt: await hoursAgo(3) })
  await robin.createDiaryEntry({ movieId, watchedOn: '2015-03-01', stars: 2 })
  await club.runJob('settle-ratings')
  await club.processEvents()
  expect(await starsInDiary()).toEqual([null, 2])
  await rate(4)
  expect(await starsInDiary()).toEqual([4, 2])
})

test('a rating counts for an evening that the door tells of late, and one from before the film does not', async () => {
  await rate(4)
  await admit(robin.userId, { admittedAt: await hoursAgo(3) })
  expect(await starsInDiary()).toEqual([4])
  await rate(3.5)
  expect(await starsInDiary()).toEqual([3.5])
  await admit(robin.userId, { day: '2026-11-21', admittedAt: await hoursAgo(-1) })
  await club.runJob('settle-ratings')
  await club.processEvents()
  expect(await starsInDiary()).toEqual([null, 3.5])
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

test('what was written before an evening, or about another one, does not say that it was there', async () => {
  const old = await robin.createReview({ movieId, body: 'Good.' })
  const { id: athome } = await robin.createDiaryEntry({ movieId, watchedOn: '2015-02-03' })
  await admit(robin.userId, { admittedAt: Temporal.Now.instant().add({ seconds: 1 }).toString() })
  const other = await robin.createReview({ movieId, body: 'Better on the sofa.', diaryId: athome })
  const [evening] = (await robin.listDiary()).items
  const there = await robin.createReview({ movieId, body: 'Best.', diaryId: evening?.id ?? '' })
  const said = async ({ id }: { id: string }) => {
    const { seenAt, viewedOn } = await club.as(anonymous).getReview({ reviewId: id })
    return { theater: seenAt?.theaterName, viewedOn }
  }
  expect(await said(old)).toEqual({ theater: undefined, viewedOn: null })
  expect(await said(other)).toEqual({ theater: undefined, viewedOn: '2015-02-03' })
  expect(await said(there)).toEqual({ theater: 'Kino am Hafen', viewedOn: null })
})

test('whoever deletes the viewing of an evening takes it off their reviews, for good', async () => {
  const showId = randomUUIDv7()
  await admit(robin.userId, { showId })
  const [evening] = (await robin.listDiary()).items
  const diaryId = evening?.id ?? ''
  await robin.createReview({ movieId, body: 'Good.' })
  await robin.createReview({ movieId, body: 'Better.', diaryId })
  const theaters = async () =>
    (await club.as(anonymous).listReviews({ movieId })).items.map(({ seenAt }) => seenAt?.theaterName)
  expect(await theaters()).toEqual(['Kino am Hafen', 'Kino am Hafen'])
  await robin.deleteDiaryEntry({ diaryId })
  expect(await theaters()).toEqual([undefined, undefined])
  await admit(robin.userId, { showId })
  expect(await theaters()).toEqual([undefined, undefined])
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
