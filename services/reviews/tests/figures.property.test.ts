import { randomUUIDv7 } from 'node:crypto'
import { userErased } from '@marquee/contracts/identity'
import { ratingsRecorded } from '@marquee/contracts/reviews'
import { anonymous, person } from '@marquee/kit/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Club, openClub, showFilms } from './film-club.ts'

const runs = Number(process.env.RATINGS_RUNS ?? 15)
let club: Club
beforeAll(async () => {
  club = await openClub()
})
afterAll(() => club.stop())

const half = fc.integer({ min: 1, max: 10 }).map((stars) => stars / 2)
const who = fc.nat({ max: 4 })
const film = fc.nat({ max: 2 })
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('rate' as const), who, film, stars: half }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take-back' as const), who, film }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      who,
      film,
      stars: half,
      year: fc.integer({ min: 1990, max: 2020 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'settle' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), who }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never
type Figures = { average: number | null; count: number; histogram: number[] }

/** What anybody can work out from the raw rows. */
async function recomputed(movieId: string): Promise<Figures> {
  const { rows } = await club.db.query<{ stars: number }>(
    'select stars from ratings where movie_id = $1 and stars > 0',
    [movieId],
  )
  const histogram = Array<number>(10).fill(0)
  for (const { stars } of rows) histogram[stars - 1] = (histogram[stars - 1] ?? 0) + 1
  const sum = rows.reduce((total, { stars }) => total + stars, 0)
  return { average: rows.length ? sum / 2 / rows.length : null, count: rows.length, histogram }
}

test('whatever people do at once, settled figures are what the ratings add up to', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 12 }), { minLength: 1, maxLength: 6 }),
      async (bursts) => {
        const films = await showFilms(club, 3)
        const people = Array.from({ length: 5 }, () => person(randomUUIDv7()))
        const erased = new Set<number>()
        for (const burst of bursts) await Promise.all(burst.map((one) => carryOut(one)))
        await club.runJob('settle-ratings')
        for (const movieId of films) {
          const stands = await club.as(anonymous).ratingFigures({ movieId })
          expect(stands).toEqual(await recomputed(movieId))
          expect(await announced(movieId)).toEqual(stands)
          for (const at of erased)
            expect(await club.as(people[at] ?? person()).getRating({ movieId })).toMatchObject({
              stars: null,
            })
        }

        async function carryOut(one: Step): Promise<unknown> {
          if (one.kind === 'settle') return club.runJob('settle-ratings')
          const caller = people[one.who] ?? person()
          if (one.kind === 'erase') {
            erased.add(one.who)
            return club.deliver(userErased, { userId: caller.userId })
          }
          const movieId = films[one.film] ?? ''
          if (one.kind === 'rate') return club.as(caller).putRating({ movieId, stars: one.stars })
          if (one.kind === 'take-back') return club.as(caller).deleteRating({ movieId })
          const ratedAt = `${one.year}-01-01T00:00:00Z`
          return club
            .asService()
            .importRatings({ ratings: [{ userId: caller.userId, movieId, stars: one.stars, ratedAt }] })
        }
      },
    ),
    { numRuns: runs },
  )
}, 300_000)

/** What somebody knows who only hears the events, in any order. */
async function announced(movieId: string): Promise<Figures> {
  const events = (await club.published(ratingsRecorded)).toReversed()
  type Film = { movieId: string; version: number; count: number; sum: number; histogram: number[] }
  let latest: Film = { movieId, version: 0, count: 0, sum: 0, histogram: Array(10).fill(0) }
  for (const told of events.flatMap(({ films }) => films as Film[]))
    if (told.movieId === movieId && told.version > latest.version) latest = told
  const { count, sum, histogram } = latest
  return { average: count > 0 ? sum / 2 / count : null, count, histogram }
}
