import { silentLogger } from '@marquee/kit/telemetry'
import { strToU8 } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRunImports } from '../src/moving/run-imports.ts'
import { films, idOf, type Moving, openMoving } from './moving-world.ts'
import { join } from './talk.ts'

let moving: Moving
beforeAll(async () => {
  moving = await openMoving()
})
afterAll(() => moving.club.stop())

/** A worker that writes nothing; `pages` tells whose rows it was given, and how many. */
function openWorker(onPage: () => void) {
  const pages: [string, number][] = []
  const matchMovies = async ({ films }: { films: { key: string }[] }) => ({
    items: films.map(({ key }) => ({ key, movieId: idOf('Sunrise'), candidates: [] })),
  })
  const run = createRunImports({
    db: moving.club.db,
    movies: { asService: () => ({ matchMovies }) } as never,
    writeRows: async (userId, rows) => {
      pages.push([userId, rows.length])
      onPage()
      const written = { ratings: 0, diary: rows.length, reviews: 0, watchlist: 0, unchanged: 0 }
      return { written, skipped: [] }
    },
    limits: { rows: 5000, skippedShown: 100, files: 1, bytes: 1_000_000 },
    forgetPages: async () => {},
    now: Temporal.Now.instant,
    log: silentLogger,
  })
  return { pages, run }
}

const wishes = Array.from({ length: 700 }, (_, at) => `2021-01-01,Film ${at},1927,x`)
const file = strToU8(`${films}\n${wishes.join('\n')}\n`)

test('a stop ends an import between two pages and begins no other; another worker goes on there at once', async () => {
  const [one, other] = [await join(moving.club), await join(moving.club)]
  const ids = [
    (await moving.upload(one.userId, file, 'watchlist.csv')).body.id,
    (await moving.upload(other.userId, file, 'watchlist.csv')).body.id,
  ]
  const end = new AbortController()
  const stopped = openWorker(() => end.abort())
  await stopped.run(end.signal)
  expect(stopped.pages).toEqual([[one.userId, 500]])
  expect(await one.getImport({ importId: ids[0] })).toMatchObject({ status: 'waiting', rows: 700, done: 500 })
  expect(await other.getImport({ importId: ids[1] })).toMatchObject({ status: 'waiting', done: 0 })

  const next = openWorker(() => {})
  await next.run(new AbortController().signal)
  expect(next.pages).toEqual([
    [one.userId, 200],
    [other.userId, 500],
    [other.userId, 200],
  ])
  expect(await one.getImport({ importId: ids[0] })).toMatchObject({ status: 'done', done: 700 })
})
