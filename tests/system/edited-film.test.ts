import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ask, client, person } from '../harness/client.ts'
import { made } from '../harness/house.ts'
import { type Marquee, startMarquee, sumOf, topology } from '../harness/marquee.ts'

let marquee: Marquee
let admin: Ask
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  admin = await person(marquee.origin, 'admin@marquee.example')
}, 120_000)
afterAll(() => marquee?.remove())

const edits = 40
const readsBetweenEdits = 60

// One process knows at once; others are promised to know within a second.
const promisedMs = topology === 'whole' ? 0 : 1000

/** What a reader was shown, and which edit they may no longer have been shown less than. */
type Reading = { path: string; status: number; shown: number | 'nothing'; due: number }

test('whoever asks after an edit was acknowledged is never shown the film as it was', async () => {
  const movieId = (await made(admin('POST', '/api/movies', { body: { title: 'Edition 0' } }))).id
  const paths = [
    `/api/movies/${movieId}`,
    `/films/${movieId}`,
    `/api/movies?ids=${movieId}`,
    '/api/movies?q=edition',
    '/api/movies/suggest?q=edition',
  ]
  const acknowledgedAt: number[] = [performance.now()]
  const dueAt = (now: number) => acknowledgedAt.findLastIndex((at) => at + promisedMs <= now)
  let over = false
  const readings: Reading[] = []
  const nobody = client(marquee.origin)
  const read = async (path: string) => {
    while (!over) {
      const due = dueAt(performance.now())
      const { status, text } = await nobody('GET', path)
      const shown = [...text.matchAll(/Edition (\d+)/g)].map((match) => Number(match[1]))
      // Whoever is shown no film at all is not shown it as it is.
      readings.push({ path, status, shown: shown.length > 0 ? Math.min(...shown) : 'nothing', due })
    }
  }
  const readers = [...paths, ...paths].map(read)
  for (let edit = 1; edit <= edits; edit++) {
    const before = readings.length
    await made(admin('PATCH', `/api/movies/${movieId}`, { body: { title: `Edition ${edit}` } }))
    acknowledgedAt[edit] = performance.now()
    while (readings.length < before + readsBetweenEdits) await new Promise(setImmediate)
  }
  over = true
  await Promise.all(readers)

  const isRight = ({ status, shown, due }: Reading) => status === 200 && shown !== 'nothing' && shown >= due
  expect(readings.filter((reading) => !isRight(reading))).toEqual([])
  for (const path of paths) expect(readings.filter((one) => one.path === path).length).toBeGreaterThan(edits)
  const hits = await sumOf(marquee, 'marquee_cache_requests_total', 'outcome="hits"')
  expect(hits, 'reads that the cache answered').toBeGreaterThan(readings.length / 4)
}, 120_000)
