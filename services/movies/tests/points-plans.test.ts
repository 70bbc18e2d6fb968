import { randomUUIDv7 } from 'node:crypto'
import { ratingsRecorded } from '@marquee/contracts/reviews'
import { watchlistChanged } from '@marquee/contracts/watchlist-events'
import { type Booted, bootService, readWhole } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { movies } from '../src/index.ts'

const big = 'rating_marks|wish_marks'
let service: Booted<typeof movies.contract.endpoints>
beforeAll(async () => {
  service = await bootService(movies)
  await service.db.query(
    `insert into rating_marks select (clock() at time zone 'UTC')::date - n % 13, n from generate_series(1, 60000) n`,
  )
  await service.db.query(
    `insert into wish_marks select n, 1, null, (clock() at time zone 'UTC')::date - n % 13 from generate_series(1, 60000) n`,
  )
  await service.db.query('analyze rating_marks, wish_marks')
}, 60_000)
afterAll(() => service?.stop())

const person = () => ({ userId: randomUUIDv7(), movieId: randomUUIDv7() })

test.each<[string, () => Promise<unknown>]>([
  [
    'what people rated',
    () =>
      service.deliver(ratingsRecorded, {
        films: [],
        changes: Array.from({ length: 300 }, () => ({ ...person(), stars: 4, sequence: 1 })),
      }),
  ],
  ['what people listed', () => service.deliver(watchlistChanged, { ...person(), listed: true, version: 1 })],
  ['what is trending, and what is too old for it', () => service.runJob('refresh-trending')],
])('%s is counted without reading all that was ever rated and listed', async (_name, ask) => {
  const { asked, whole } = await readWhole(service.db, big, ask)
  expect(asked).toBeGreaterThan(0)
  expect(whole).toEqual([])
})
