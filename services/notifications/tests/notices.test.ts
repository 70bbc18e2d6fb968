import { randomUUIDv7 } from 'node:crypto'
import { ticketAdmitted } from '@marquee/contracts/booking'
import { userErased } from '@marquee/contracts/identity'
import { ratingsRecorded, reviewCommented, reviewsContract } from '@marquee/contracts/reviews'
import { watchlistShowNearby } from '@marquee/contracts/watchlist'
import { advanceClock, anonymous, bootService, neighbour, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { notifications } from '../src/index.ts'

const rated = new Set<string>()
const boot = () =>
  bootService(notifications, {
    neighbours: [
      neighbour(reviewsContract, {
        ratingOf: ({ userId, movieId }: { userId: string; movieId: string }) => ({
          stars: rated.has(`${userId}/${movieId}`) ? 3.5 : null,
        }),
      }),
    ],
  })
let booted: Awaited<ReturnType<typeof boot>>
beforeEach(async () => {
  booted = await boot()
})
afterEach(() => booted.stop())

const movieId = randomUUIDv7()
const movieTitle = 'Metropolis <b>restored</b>'
const nearby = (userId: string, id = randomUUIDv7(), more: object = { near: true, city: 'Berlin' }) =>
  booted.deliver(
    watchlistShowNearby,
    {
      userId,
      movieId,
      movieTitle,
      showId: randomUUIDv7(),
      theaterName: 'Lichthof',
      localStart: '2026-12-01T19:30:00+01:00',
      ...more,
    },
    { id },
  )
const commented = (userId: string, more: object = {}) =>
  booted.deliver(reviewCommented, {
    commentId: randomUUIDv7(),
    reviewId: '018f0000-0000-7000-8000-000000000001',
    movieId,
    movieTitle,
    userId,
    commenterName: 'Robin',
    ...more,
  })
const admitted = (userId: string | null, more: object = {}) =>
  booted.deliver(ticketAdmitted, {
    ticketId: randomUUIDv7(),
    orderId: randomUUIDv7(),
    showId: randomUUIDv7(),
    movieId,
    movieTitle,
    userId,
    admittedAt: '2026-12-01T18:20:00Z',
    theaterName: 'Lichthof',
    ...more,
  })
const notices = (me: ReturnType<typeof person>, limit = 20) => booted.as(me).listNotifications({ limit })

it('a film of the watchlist near somebody, a comment and an evening at the cinema are told, latest first', async () => {
  const me = person()
  await nearby(me.userId)
  await admitted(me.userId)
  await commented(me.userId)
  await advanceClock(booted.db, { hours: 3 })
  const { items, unread } = await notices(me)
  expect(unread).toBe(3)
  expect(items).toMatchObject([
    { kind: 'rate-film', title: `How was ${movieTitle}?`, link: `/films/${movieId}`, readAt: null },
    {
      kind: 'review-commented',
      title: 'Robin commented on your review',
      link: `/films/${movieId}#review-018f0000-0000-7000-8000-000000000001`,
    },
    {
      kind: 'show-nearby',
      title: `${movieTitle} is coming near you`,
      body: 'First on Tuesday 1 December 2026, 19:30, at Lichthof. It is on your watchlist.',
      link: `/films/${movieId}`,
    },
  ])
})

it('near you is said only to who told where near is; to others the city is said, or the theater', async () => {
  const me = person()
  await nearby(me.userId, randomUUIDv7(), { near: false, city: 'Berlin' })
  await nearby(me.userId, randomUUIDv7(), {})
  const { items } = await notices(me)
  expect(items.map(({ title }) => title).sort()).toEqual([
    `${movieTitle} comes to Berlin`,
    `${movieTitle} comes to Lichthof`,
  ])
})

it('what is heard twice is told once, and four tickets of one show ask once', async () => {
  const me = person()
  const [id, commentId, showId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  for (let times = 0; times < 2; times += 1) {
    await nearby(me.userId, id)
    await commented(me.userId, { commentId })
    await admitted(me.userId, { showId })
  }
  await advanceClock(booted.db, { hours: 3 })
  expect((await notices(me)).unread).toBe(3)
})

it('a film that comes to a theater is told once, however often it is taken off the watchlist and put back', async () => {
  const [me, other] = [person(), person()]
  const [theaterId, elsewhere] = [randomUUIDv7(), randomUUIDv7()]
  await nearby(me.userId, randomUUIDv7(), { near: true, theaterId })
  await nearby(me.userId, randomUUIDv7(), { near: true, theaterId })
  expect((await notices(me)).items).toHaveLength(1)
  await nearby(me.userId, randomUUIDv7(), { near: true, theaterId: elsewhere })
  await nearby(other.userId, randomUUIDv7(), { near: true, theaterId })
  expect((await notices(me)).items).toHaveLength(2)
  expect((await notices(other)).items).toHaveLength(1)
})

it('how the film was is asked after it, not at the door', async () => {
  const me = person()
  await admitted(me.userId)
  await booted.as(me).readAllNotifications()
  await advanceClock(booted.db, { minutes: 170 })
  expect(await notices(me)).toMatchObject({ items: [], unread: 0 })
  await advanceClock(booted.db, { minutes: 20 })
  expect(await notices(me)).toMatchObject({ items: [{ kind: 'rate-film', readAt: null }], unread: 1 })
})

it('who has rated a film already is not asked how it was', async () => {
  const me = person()
  rated.add(`${me.userId}/${movieId}`)
  await admitted(me.userId)
  await advanceClock(booted.db, { hours: 4 })
  expect((await notices(me)).items).toEqual([])
  const another = randomUUIDv7()
  await admitted(me.userId, { movieId: another })
  await advanceClock(booted.db, { hours: 4 })
  expect((await notices(me)).items).toMatchObject([{ kind: 'rate-film', link: `/films/${another}` }])
})

it('who rates the film on the way home is not asked how it was, and for others all stays as it is', async () => {
  const [me, other] = [person(), person()]
  const films: [] = []
  const change = { movieId, stars: 4, sequence: 1, ratedAt: '2026-12-01T20:40:00Z' }
  const ratedBy = (userId: string, more: object = {}) =>
    booted.deliver(ratingsRecorded, { films, changes: [{ ...change, userId, ...more }] })
  await admitted(me.userId)
  await admitted(me.userId, { movieId: randomUUIDv7() })
  await admitted(other.userId)
  await ratedBy(me.userId)
  await ratedBy(other.userId, { stars: null })
  await advanceClock(booted.db, { hours: 3 })
  expect((await notices(me)).items).toHaveLength(1)
  await ratedBy(other.userId)
  expect((await notices(other)).items).toHaveLength(1)
})

it('guests, and those who want nothing here, are told nothing', async () => {
  const me = person()
  await booted.as(me).putNotificationPreferences({ email: true, inApp: false })
  await admitted(null)
  await admitted(me.userId)
  await nearby(me.userId)
  await commented(me.userId)
  expect(await notices(me)).toEqual({ items: [], nextCursor: null, unread: 0 })
  const { rows } = await booted.db.query('select id from notifications')
  expect(rows).toEqual([])
})

it('the count of unread ones follows each that is read, read again, and all of them', async () => {
  const [me, other] = [person(), person()]
  for (let count = 0; count < 5; count += 1) await commented(me.userId)
  await commented(other.userId)
  const [first] = (await notices(me)).items
  const notificationId = first?.id ?? ''
  await booted.as(me).readNotification({ notificationId })
  await booted.as(me).readNotification({ notificationId })
  expect((await notices(me)).unread).toBe(4)
  expect(await booted.as(other).attempt.readNotification({ notificationId })).toMatchObject({ status: 404 })
  await booted.as(me).readAllNotifications()
  await booted.as(me).readAllNotifications()
  expect((await notices(me)).unread).toBe(0)
  expect((await notices(other)).unread).toBe(1)
  expect(await booted.as(anonymous).attempt.readAllNotifications()).toMatchObject({ status: 401 })
})

it('pages go on where they ended, whatever comes meanwhile', async () => {
  const me = person()
  for (let count = 0; count < 5; count += 1) await commented(me.userId)
  const first = await notices(me, 3)
  await commented(me.userId)
  const rest = await booted.as(me).listNotifications({ limit: 3, cursor: first.nextCursor ?? '' })
  expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(5)
  expect(rest).toMatchObject({ nextCursor: null, unread: 6 })
})

it('an erased person keeps no notices and gets none', async () => {
  const me = person()
  await commented(me.userId)
  await booted.deliver(userErased, { userId: me.userId })
  await admitted(me.userId)
  expect((await notices(me)).items).toEqual([])
})

it('an erased person is named in nobody’s notices, whichever was heard first', async () => {
  const [me, robin, kim] = [person(), person(), person()]
  await commented(me.userId, { commenterId: robin.userId })
  await commented(me.userId, { commenterId: kim.userId, commenterName: 'Kim' })
  await booted.deliver(userErased, { userId: robin.userId })
  await commented(me.userId, { commenterId: robin.userId })
  expect((await notices(me)).items.map(({ title }) => title)).toEqual([
    'Somebody commented on your review',
    'Kim commented on your review',
    'Somebody commented on your review',
  ])
  const kept = JSON.stringify((await booted.db.query('select * from notifications')).rows)
  expect(kept).not.toContain('Robin')
  expect(kept).not.toContain(robin.userId)
})

it('a comment of somebody whose name is not known is told all the same', async () => {
  const me = person()
  await commented(me.userId, { commenterName: '' })
  expect((await notices(me)).items).toMatchObject([{ title: 'Somebody commented on your review' }])
})

it('a notice is forgotten after a year', async () => {
  const me = person()
  await nearby(me.userId)
  await advanceClock(booted.db, { hours: 364 * 24 })
  await booted.runJob('forget-old')
  expect((await notices(me)).items).toHaveLength(1)
  await advanceClock(booted.db, { hours: 48 })
  await booted.runJob('forget-old')
  expect((await notices(me)).items).toEqual([])
})
