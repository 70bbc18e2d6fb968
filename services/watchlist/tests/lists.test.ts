import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { movieChanged } from '@marquee/contracts/movies'
import { watchlistChanged } from '@marquee/contracts/watchlist'
import { anonymous, countQueries, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { berlin, openWatchlist } from './film-fans.ts'

let world: Awaited<ReturnType<typeof openWatchlist>>
beforeEach(async () => {
  world = await openWatchlist()
})
afterEach(() => world.service.stop())

const add = (caller: ReturnType<typeof person>, number: number) =>
  world.service.as(caller).addToWatchlist({ movieId: world.film(number).movieId })
const titlesOf = async (caller: ReturnType<typeof person>) =>
  (await world.service.as(caller).listWatchlist({ limit: 100 })).items.map(({ movie }) => movie.title)

test('a film put on the list, twice even, is there once; taken off, twice even, it is gone', async () => {
  const alice = person()
  const film = { movieId: world.film(1).movieId }
  await add(alice, 1)
  await add(alice, 1)
  expect(await titlesOf(alice)).toEqual(['Film 1'])
  expect(await world.service.as(alice).onWatchlist(film)).toEqual({ listed: true })
  await world.service.as(alice).removeFromWatchlist(film)
  await world.service.as(alice).removeFromWatchlist(film)
  expect(await titlesOf(alice)).toEqual([])
  expect(await world.service.as(alice).onWatchlist(film)).toEqual({ listed: false })
  expect(await world.service.published(watchlistChanged)).toMatchObject([{ listed: true }, { listed: false }])
})

test('a film that comes back on the list is told with a later version', async () => {
  const alice = person()
  await add(alice, 1)
  await world.service.as(alice).removeFromWatchlist({ movieId: world.film(1).movieId })
  await add(alice, 1)
  const versions = (await world.service.published(watchlistChanged)).map(({ version }) => version)
  expect(versions).toEqual([1, 2, 3])
})

test('a film that nobody knows is no film, and a list belongs to somebody', async () => {
  const movieId = randomUUIDv7()
  expect(await world.service.as(person()).attempt.addToWatchlist({ movieId })).toMatchObject({ status: 404 })
  expect(await world.service.as(anonymous).attempt.listWatchlist({})).toMatchObject({ status: 401 })
  const [alice, bob] = [person(), person()]
  await add(alice, 1)
  expect(await titlesOf(bob)).toEqual([])
})

test('the latest wish comes first, page after page', async () => {
  const alice = person()
  for (let number = 0; number < 5; number += 1) await add(alice, number)
  const first = await world.service.as(alice).listWatchlist({ limit: 3 })
  const rest = await world.service.as(alice).listWatchlist({ limit: 3, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...rest.items].map(({ movie }) => movie.title)).toEqual(
    [4, 3, 2, 1, 0].map((number) => `Film ${number}`),
  )
  expect(rest.nextCursor).toBeNull()
  expect(await world.service.as(alice).attempt.listWatchlist({ cursor: 'x' })).toMatchObject({ status: 422 })
})

test('a page takes two queries, however long', async () => {
  const alice = person()
  for (let number = 0; number < 9; number += 1) await add(alice, number)
  const page = (limit: number) =>
    countQueries(/films|documents/, () => world.service.as(alice).listWatchlist({ limit }))
  expect(await page(1)).toBe(2)
  expect(await page(9)).toBe(2)
})

test('a film is shown by its present title, and left out once it is gone', async () => {
  const alice = person()
  await add(alice, 1)
  const change = (version: number, more: object) =>
    world.service.deliver(movieChanged, {
      ...world.film(1),
      version,
      year: 1990,
      runtimeMinutes: 90,
      genres: [],
      ...more,
    })
  await change(3, { title: 'Renamed' })
  await change(2, { title: 'Older' })
  expect(await titlesOf(alice)).toEqual(['Renamed'])
  await change(4, { deleted: true })
  expect(await titlesOf(alice)).toEqual([])
})

test('films that were there before are copied once', async () => {
  const copied = () => world.service.db.query('select id from films')
  await world.service.runJob('copy-films-once')
  expect((await copied()).rowCount).toBe(30)
  const queries = await countQueries(/films/, () => world.service.runJob('copy-films-once'))
  expect(queries).toBe(0)
})

test('an import adds what is missing, leaves out what is unknown, and repeated changes nothing', async () => {
  const alice = person()
  await add(alice, 0)
  const films = [
    { movieId: world.film(0).movieId, addedAt: '2020-01-01T00:00:00Z' },
    { movieId: world.film(1).movieId, addedAt: '2020-01-02T01:00:00+01:00' },
    { movieId: world.film(2).movieId, addedAt: '2020-01-01T23:00:00Z' },
    { movieId: randomUUIDv7(), addedAt: '2020-01-01T00:00:00Z' },
  ]
  const bring = () => world.service.asService().importWatchlist({ userId: alice.userId, films })
  expect(await bring()).toEqual({ added: 2, unchanged: 2 })
  expect(await bring()).toEqual({ added: 0, unchanged: 4 })
  expect(await titlesOf(alice)).toEqual(['Film 0', 'Film 1', 'Film 2'])
  const { items } = await world.service.asService().exportWatchlist({ userId: alice.userId })
  expect(items.map(({ movie, addedAt }) => [movie.title, addedAt]).slice(0, 2)).toEqual([
    ['Film 2', '2020-01-01T23:00:00.000Z'],
    ['Film 1', '2020-01-02T00:00:00.000Z'],
  ])
  expect(await world.service.published(watchlistChanged)).toHaveLength(3)
})

test('home is what was said last, and can be taken back', async () => {
  const alice = world.service.as(person())
  const home = { label: 'Mitte', location: berlin, radiusKm: 10 }
  expect(await alice.getHome()).toEqual({ home: null })
  expect(await alice.putHome({ home })).toEqual({ home })
  expect(await alice.getHome()).toEqual({ home })
  await alice.putHome({ home: null })
  expect(await alice.getHome()).toEqual({ home: null })
})

test('nothing of an erased person stays', async () => {
  const alice = person()
  await add(alice, 1)
  await add(alice, 2)
  await world.service.as(alice).removeFromWatchlist({ movieId: world.film(2).movieId })
  await world.service.as(alice).putHome({ home: { label: 'Mitte', location: berlin } })
  await world.service.deliver(userErased, { userId: alice.userId })
  expect(await kept()).toEqual([])
})

test('nothing comes back that an erased person says on a log-in not yet ended, or that an import brings', async () => {
  const alice = person()
  await world.service.deliver(userErased, { userId: alice.userId })
  await add(alice, 1)
  await world.service.as(alice).putHome({ home: { label: 'Mitte', location: berlin } })
  expect(await kept()).toEqual([])
  await world.service.asService().importWatchlist({
    userId: alice.userId,
    films: [{ movieId: world.film(2).movieId, addedAt: '2026-01-01T00:00:00Z' }],
  })
  expect(await kept()).toEqual([])
})

/** What is still written down of anybody. */
async function kept(): Promise<unknown[]> {
  await world.service.processEvents()
  const { rows } = await world.service.db.query(
    `select id from documents_wishes where data is not null union all
     select id from documents_homes where data is not null union all select user_id::text from moved`,
  )
  return rows
}
