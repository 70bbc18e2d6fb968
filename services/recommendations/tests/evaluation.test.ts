import { randomUUIDv7 } from 'node:crypto'
import { person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHistories } from '../src/model/histories.ts'
import { findNeighbours } from '../src/model/neighbours.ts'
import { pickFilms } from '../src/model/pick-films.ts'
import { film, nth, openRecommendations } from './film-lovers.ts'

const films = Array.from({ length: 40 }, (_, number) => film(`Film ${number}`))
let world: Awaited<ReturnType<typeof openRecommendations>>
beforeEach(async () => {
  world = await openRecommendations(films)
})
afterEach(() => world.service.stop())

/** People who each follow a series of ten films, from some part on; the popular film is everybody's first. */
async function followers() {
  for (let one = 0; one < 24; one += 1) {
    const series = 10 * (one % 3)
    const seen = Array.from({ length: 5 }, (_, part) => nth(films, 1 + series + ((one + part) % 10)))
    await world.rate(randomUUIDv7(), [[nth(films, 0), 3], ...seen.map((each) => [each, 4] as const)])
  }
}

test('picks find held-back ratings better than popularity does, and the figures repeat', async () => {
  await followers()
  const figures = await world.service.asService().evaluateRecommendations({ picks: 5 })
  expect(figures).toMatchObject({ people: 24, ratings: 144 })
  expect(figures.personal.hitRate).toBeGreaterThan(2 * figures.popularity.hitRate)
  expect(figures.personal.ndcg).toBeGreaterThan(figures.popularity.ndcg)
  expect(await world.service.asService().evaluateRecommendations({ picks: 5 })).toEqual(figures)
})

test('a rating that only its owner gave cannot be found: what is held back is not in the model', async () => {
  const lonely = films.slice(30)
  for (const [at, last] of lonely.entries())
    await world.rate(randomUUIDv7(), [
      [nth(films, at % 3), 4],
      [nth(films, 5), 4],
      [last, 5],
    ])
  const { personal, popularity } = await world.service.asService().evaluateRecommendations({ picks: 10 })
  expect(personal).toEqual({ hitRate: 0, ndcg: 0 })
  expect(popularity).toEqual({ hitRate: 0, ndcg: 0 })
})

test('the picks that people get are those that are evaluated', async () => {
  await followers()
  const alice = person()
  const rated = [nth(films, 2), nth(films, 3), nth(films, 14)]
  await world.rate(alice.userId, [
    [nth(rated, 0), 5],
    [nth(rated, 1), 2.5],
    [nth(rated, 2), 4],
  ])
  await world.refresh()
  const { items } = await world.service.as(alice).getRecommendations({ limit: 8 })

  const { rows } = await world.service.admin.query<{ rated: string }>(
    `select string_agg(movie_id || ' ' || stars, ',' order by rated_at, movie_id) as rated
       from recommendations.ratings where stars > 0 group by user_id order by user_id`,
  )
  const gathered = createHistories()
  for (const row of rows) gathered.add(row.rated)
  const { histories, filmIds } = gathered.finish()
  const scores = pickFilms(
    {
      films: Int32Array.from(rated, ({ id }) => filmIds.indexOf(id)),
      stars: Uint8Array.from([10, 5, 8]),
    },
    findNeighbours(histories),
  )
  const best = [...scores]
    .map(([number, score]) => ({ id: filmIds[number] ?? '', score: score.toPrecision(4) }))
    .sort((a, b) => Number(b.score) - Number(a.score) || (a.id < b.id ? -1 : 1))
  expect(items.map(({ id }) => id)).toEqual(best.slice(0, 8).map(({ id }) => id))
})
