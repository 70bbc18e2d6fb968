import { randomUUIDv7 } from 'node:crypto'
import type { ratingsGiven } from '@marquee/contracts/reviews'
import { type Burst, eventsMigrations } from '@marquee/kit/events'
import { createMetrics, silentLogger } from '@marquee/kit/telemetry'
import { advanceClock, type TestDatabase, testDatabase } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keepFilms } from '../src/film-store.ts'
import { createImportRatings } from '../src/ratings/import-ratings.ts'
import { persistLate, persistStamped } from '../src/ratings/persist-stamped.ts'
import { createQueueRatings } from '../src/ratings/queue-ratings.ts'
import { readMine } from '../src/ratings/rating-view.ts'

type Given = (typeof ratingsGiven)['schema']['_output']

const movieId = randomUUIDv7()
const userId = randomUUIDv7()
let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase({
    schema: 'reviews',
    migrations: new URL('../migrations/', import.meta.url),
    also: [{ name: 'events', from: eventsMigrations }],
  })
  await keepFilms(database.db, [
    { id: movieId, version: 1, title: 'Sunrise', year: 1927, genres: [], externalIds: {}, deleted: false },
  ])
})
afterEach(() => database.close())

/** A queue that a test empties by hand, in the order it likes. */
function openQueue() {
  const queued: Given[] = []
  let away = false
  const burst = (async (_event: unknown, payload: Given) => {
    if (away) throw new Error('the broker is away')
    queued.push(payload)
  }) as unknown as Burst
  const persist = createQueueRatings({
    db: database.db,
    burst,
    log: silentLogger,
    metrics: createMetrics('reviews'),
  })
  return {
    queued,
    lose: () => void queued.splice(0),
    goAway: () => {
      away = true
    },
    rate: async (half: number, who = userId) => (await persist([{ userId: who, movieId, half }]))[0],
    take: (given: Given | undefined) =>
      persistStamped(
        database.db,
        (given?.ratings ?? []).map((rating) => ({
          ...rating,
          sequence: given?.sequence ?? 0,
          ratedAt: given?.ratedAt ?? '',
        })),
      ),
  }
}
const mine = async () => (await readMine(database.db, userId, movieId))?.half
const stored = async () => {
  const { rows } = await database.db.query<{ stars: number }>('select stars from ratings')
  return rows.map(({ stars }) => stars)
}

test('what is queued is read back at once, and again once it is taken', async () => {
  const queue = openQueue()
  expect(await queue.rate(9)).toEqual({ outcome: 'recorded', count: 1, sum: 9 })
  expect(await stored()).toEqual([])
  expect(await mine()).toBe(9)
  expect(await queue.rate(0)).toMatchObject({ count: 0 })
  expect(await mine()).toBe(0)
  for (const given of queue.queued) await queue.take(given)
  expect(await stored()).toEqual([0])
  expect(await mine()).toBe(0)
})

test('the last change of mind stands in whichever order, and however often, they are taken', async () => {
  const queue = openQueue()
  for (const half of [1, 5, 0, 7]) await queue.rate(half)
  const [first, second, third, last] = queue.queued
  for (const given of [third, last, first, last, second]) {
    await queue.take(given)
    expect(await mine()).toBe(7)
  }
  expect(await stored()).toEqual([7])
})

test('while the broker is away stars go straight into the table, and what is still queued comes too late', async () => {
  const queue = openQueue()
  await queue.rate(3)
  queue.goAway()
  expect(await queue.rate(8)).toMatchObject({ outcome: 'recorded', sum: 8 })
  expect(await stored()).toEqual([8])
  await queue.take(queue.queued[0])
  expect(await stored()).toEqual([8])
  expect(await mine()).toBe(8)
})

test('once a broker is missed, all that it had taken goes into the table', async () => {
  const queue = openQueue()
  await queue.rate(3)
  queue.goAway()
  queue.lose()
  await queue.rate(8, randomUUIDv7())
  await expect.poll(async () => (await stored()).sort()).toEqual([3, 8])
  expect(await mine()).toBe(3)
})

test('what a broker acknowledged and lost is persisted all the same', async () => {
  const queue = openQueue()
  await queue.rate(6)
  queue.lose()
  expect(await persistLate(database.db)).toBe(0)
  await advanceClock(database.db, { seconds: 6 })
  expect(await persistLate(database.db)).toBe(1)
  expect(await stored()).toEqual([6])
  expect(await persistLate(database.db)).toBe(0)
})

test('a rating of the past that is brought in meanwhile yields to the one that waits', async () => {
  const queue = openQueue()
  await queue.rate(9)
  const known = { find: async () => new Map([[movieId, {} as never]]) }
  const bringIn = createImportRatings({ db: database.db, films: known })
  await bringIn([{ userId, movieId, stars: 1, ratedAt: '2020-01-01T00:00:00Z' }])
  expect(await mine()).toBe(9)
  const place = async () =>
    (await database.db.query<{ sequence: number }>('select sequence from ratings')).rows[0]?.sequence ?? 0
  const brought = await place()
  await queue.take(queue.queued[0])
  expect(await stored()).toEqual([9])
  // Whoever is told of both takes this one for the later.
  expect(await place()).toBeGreaterThan(brought)
  await queue.take(queue.queued[0])
  expect(await stored()).toEqual([9])
})
