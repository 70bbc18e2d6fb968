import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { ratingsRecorded } from '@marquee/contracts/reviews'
import { watchlistChanged } from '@marquee/contracts/watchlist'
import { anonymous, countQueries, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forgetPerson, recordRatings } from '../src/rating-store.ts'
import { film, nth, openRecommendations } from './film-lovers.ts'

const space = [1, 2, 3, 4].map((part) => film(`Star Trouble ${part}`, ['Science fiction']))
const love = [1, 2, 3, 4].map((part) => film(`Spring in Town ${part}`, ['Romance']))
const everything = [film('Most Popular', ['Comedy']), ...space, ...love]

let world: Awaited<ReturnType<typeof openRecommendations>>
beforeEach(async () => {
  world = await openRecommendations(everything)
})
afterEach(() => world.service.stop())

const titles = (items: { title: string }[]) => items.map(({ title }) => title)
const picksOf = (caller: ReturnType<typeof person>, limit = 5) =>
  world.service.as(caller).getRecommendations({ limit })

/** Four people who like everything of one kind, each beginning with another film. */
async function crowd() {
  for (const kind of [space, love])
    for (let first = 0; first < 4; first += 1)
      await world.rate(
        randomUUIDv7(),
        [...kind.slice(first), ...kind.slice(0, first)].map((one) => [one, 4] as const),
      )
}
async function wish(userId: string, movieId: string, listed: boolean, version: number) {
  await world.service.deliver(watchlistChanged, { userId, movieId, listed, version })
}

test('whoever liked two films is shown what others saw beside them, and nothing rated already', async () => {
  await crowd()
  const alice = person()
  await world.rate(alice.userId, [
    [nth(space, 0), 5],
    [nth(space, 1), 4.5],
  ])
  await world.refresh()
  const { source, items } = await picksOf(alice, 2)
  expect(source).toBe('personal')
  expect(titles(items).sort()).toEqual(['Star Trouble 3', 'Star Trouble 4'])
})

test('what was rated last speaks loudest', async () => {
  await crowd()
  const [alice, bob] = [person(), person()]
  await world.rate(alice.userId, [
    [nth(space, 0), 4],
    [nth(love, 0), 4],
  ])
  await world.rate(bob.userId, [
    [nth(love, 0), 4],
    [nth(space, 0), 4],
  ])
  await world.refresh()
  expect((await picksOf(alice, 1)).items[0]?.genres).toEqual(['Romance'])
  expect((await picksOf(bob, 1)).items[0]?.genres).toEqual(['Science fiction'])
})

test('a rating that is taken back, or older than what is known, counts no more', async () => {
  await crowd()
  const alice = person()
  await world.rate(alice.userId, [
    [nth(space, 0), 5],
    [nth(love, 0), 5],
  ])
  await world.rate(alice.userId, [[nth(love, 0), null]])
  await world.service.deliver(ratingsRecorded, {
    films: [],
    changes: [{ userId: alice.userId, movieId: nth(love, 0).id, stars: 5, sequence: 1 }],
  })
  await world.refresh()
  expect((await picksOf(alice, 3)).items.every(({ genres }) => genres[0] === 'Science fiction')).toBe(true)
})

test('films on the watchlist are known already and are no picks', async () => {
  await crowd()
  const alice = person()
  await world.rate(alice.userId, [[nth(space, 0), 5]])
  await wish(alice.userId, nth(space, 1).id, true, 1)
  await world.refresh()
  expect(titles((await picksOf(alice, 2)).items)).not.toContain('Star Trouble 2')
})

test('without ratings the genres of the watchlist decide, most popular first', async () => {
  const alice = person()
  await wish(alice.userId, nth(love, 0).id, true, 1)
  const { source, items } = await picksOf(alice, 3)
  expect(source).toBe('personal')
  expect(titles(items)).toEqual(['Spring in Town 2', 'Spring in Town 3', 'Spring in Town 4'])
  await wish(alice.userId, nth(love, 0).id, false, 2)
  expect((await picksOf(alice)).source).toBe('trending')
})

test('strangers, and people of whom nothing is known, see what is trending', async () => {
  const trending = { source: 'trending', items: everything.slice(0, 3) }
  expect(await world.service.as(anonymous).getRecommendations({ limit: 3 })).toEqual(trending)
  expect(await picksOf(person(), 3)).toEqual(trending)
})

test('nothing stays of whoever is erased while their last ratings are taken in', async () => {
  const { db, admin } = world.service
  const { userId } = person()
  const [written, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const last = { userId, movieId: nth(space, 0).id, stars: 8, sequence: 1, ratedAt: '2026-01-01T12:00:00Z' }
  const rating = db.transaction(async (tx) => {
    await recordRatings(tx, [last])
    written.resolve()
    await done.promise
  })
  await written.promise
  let erased = false
  const erasing = db
    .transaction((tx) => forgetPerson(tx, userId))
    .then(() => {
      erased = true
    })
  const waiting = () =>
    admin.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
  await expect.poll(async () => erased || (await waiting()).rowCount === 1).toBe(true)
  done.resolve()
  await Promise.all([rating, erasing])
  expect(await db.query('select from ratings where user_id = $1', [userId])).toMatchObject({ rowCount: 0 })
})

test('as many are given as may be asked for in any list', async () => {
  await crowd()
  const alice = person()
  await world.rate(alice.userId, [[nth(space, 0), 5]])
  await world.refresh()
  expect((await picksOf(alice, 100)).items.length).toBeGreaterThan(0)
  expect(await world.service.as(alice).attempt.getRecommendations({ limit: 101 })).toMatchObject({
    status: 422,
  })
})

test('picks take as many queries for fifty as for one', async () => {
  await crowd()
  const alice = person()
  await world.rate(alice.userId, [[nth(space, 0), 5]])
  await world.refresh()
  expect(await countQueries(/ratings|neighbours|wishes/, () => picksOf(alice, 1))).toBe(1)
  expect(await countQueries(/ratings|neighbours|wishes/, () => picksOf(alice, 50))).toBe(3)
})

test('a store that hangs or fails costs nobody more than its patience: trending is shown', async () => {
  await crowd()
  const alice = person()
  await world.rate(alice.userId, [[nth(space, 0), 5]])
  await world.refresh()
  const [locked, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const hanging = world.service.admin.transaction(async (tx) => {
    await tx.query('lock table recommendations.ratings in access exclusive mode')
    locked.resolve()
    await done.promise
  })
  await locked.promise
  expect((await picksOf(alice)).source).toBe('trending')
  done.resolve()
  await hanging
  await world.service.admin.query('alter table recommendations.neighbours rename to lost')
  expect((await picksOf(alice)).source).toBe('trending')
})

test('while movies do not answer, the answer is that nothing is available', async () => {
  world.movies.answers = false
  expect(await world.service.as(person()).attempt.getRecommendations({})).toMatchObject({
    ok: false,
    status: 503,
  })
})

test('an erased person leaves nothing, and a late rating brings nothing back', async () => {
  await crowd()
  const alice = person()
  await world.rate(alice.userId, [[nth(space, 0), 5]])
  await wish(alice.userId, nth(love, 0).id, true, 1)
  await world.refresh()
  await world.service.deliver(userErased, { userId: alice.userId })
  await world.rate(alice.userId, [[nth(space, 1), 5]])
  await wish(alice.userId, nth(love, 1).id, true, 2)
  expect((await picksOf(alice)).source).toBe('trending')
  const { rows } = await world.service.admin.query(
    'select user_id from recommendations.ratings where user_id = $1 union all select user_id from recommendations.wishes where user_id = $1',
    [alice.userId],
  )
  expect(rows).toEqual([])
})
