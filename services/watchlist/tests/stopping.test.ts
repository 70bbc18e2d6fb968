import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTellNearby } from '../src/tell-nearby.ts'
import { openWatchlist } from './film-fans.ts'

let world: Awaited<ReturnType<typeof openWatchlist>>
beforeAll(async () => {
  world = await openWatchlist()
})
afterAll(() => world.service.stop())

/** Three people without a home wait for any film, one a page. */
const wishes = {
  find: async ({ cursor = '1' }: { cursor?: string }) => ({
    items: [{ userId: `person ${cursor}`, told: [] }],
    nextCursor: cursor === '3' ? null : String(Number(cursor) + 1),
  }),
} as never
const homes = { getMany: async () => new Map() } as never

test('a stop ends telling after the page in hand, and another worker goes on there at once', async () => {
  await world.schedule(world.film(1))
  await world.schedule(world.film(2))
  const told: string[] = []
  const tellWith = (end: AbortController, onTold = () => {}) =>
    createTellNearby({
      db: world.service.db,
      wishes,
      homes,
      tellOnce: async (userId, { movieTitle }) => {
        told.push(`${movieTitle} to ${userId}`)
        onTold()
      },
      pageSize: 1,
    })(end.signal)
  const end = new AbortController()
  await tellWith(end, () => end.abort())
  expect(told).toEqual(['Film 1 to person 1'])
  await tellWith(new AbortController())
  expect(told.toSorted()).toEqual(
    ['Film 1', 'Film 2'].flatMap((film) => [1, 2, 3].map((number) => `${film} to person ${number}`)),
  )
})
