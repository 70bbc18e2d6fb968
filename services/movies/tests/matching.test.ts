import { type Booted, bootService } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { movies } from '../src/index.ts'

let service: Booted<typeof movies.contract.endpoints>
beforeEach(async () => {
  service = await bootService(movies)
})
afterEach(() => service.stop())

type Ids = { imdb?: string; tmdb?: string }
const add = async (title: string, year: number, externalIds: Ids = {}) => {
  const { ids } = await service.asService().importMovies({ movies: [{ title, year, externalIds }] })
  return ids[0] ?? ''
}
const match = async (title: string, year: number | null, ids: Ids = {}) => {
  const { items } = await service.asService().matchMovies({ films: [{ key: 'one', title, year, ...ids }] })
  return { movieId: items[0]?.movieId, candidates: items[0]?.candidates.toSorted() }
}
const surely = (movieId: string) => ({ movieId, candidates: [] })
const asked = (...candidates: string[]) => ({ movieId: null, candidates: candidates.toSorted() })

test('a film is recognised by its external id, whatever it is called and whenever it is from', async () => {
  const imdb = await add('Pinocchio', 2022, { imdb: 'tt1488589' })
  const tmdb = await add('Pinocchio', 2020, { tmdb: '413518' })
  expect(await match('Guillermo del Toro’s Pinocchio', null, { imdb: 'tt1488589' })).toEqual(surely(imdb))
  expect(await match('Pinokio', 1999, { tmdb: '413518' })).toEqual(surely(tmdb))
  expect(await match('Pinokio', 1999, { imdb: 'tt0000001', tmdb: '413518' })).toEqual(surely(tmdb))
})

test('a film is recognised by title and year, and by a year beside it', async () => {
  const [older, newer] = [await add('Hamlet', 1996), await add('Hamlet', 2000)]
  expect(await match('HAMLET!', 1996)).toEqual(surely(older))
  for (const year of [1999, 2000, 2001]) expect(await match('Hamlet', year)).toEqual(surely(newer))
  expect(await match('Hamlet', 1998)).toEqual(asked(older, newer))
  expect(await match('Hamlet', null)).toEqual(asked(older, newer))
})

test('two films of a title and year, or of the years beside it, are a question', async () => {
  const [one, other] = [await add('Hamlet', 1999), await add('Hamlet', 2001)]
  expect(await match('Hamlet', 2000)).toEqual(asked(one, other))
  expect(await match('Hamlet', 2001)).toEqual(surely(other))
})

test('a film of ours with another external id of the kind is a candidate and never certain', async () => {
  const ours = await add('Pinocchio', 2022, { imdb: 'tt1488589' })
  for (const year of [2021, 2022, 2023])
    expect(await match('Pinocchio', year, { imdb: 'tt4593060' })).toEqual(asked(ours))
  expect(await match('Pinocchio', 2022, { tmdb: '532639' })).toEqual(surely(ours))
  const second = await add('Pinocchio', 2022, { imdb: 'tt9999999', tmdb: '413518' })
  expect(await match('Pinocchio', 2022, { imdb: 'tt4593060' })).toEqual(asked(ours, second))
})

test('of two films of a title and year the one that no id rules out is the one', async () => {
  await add('Snow White', 2012, { imdb: 'tt1735898', tmdb: '58595' })
  const other = await add('Snow White', 2012, { tmdb: '62764' })
  expect(await match('Snow White', 2012)).toMatchObject({ movieId: null })
  expect(await match('Snow White', 2012, { imdb: 'tt1667353' })).toEqual(surely(other))
})

test('ids that name two of our films, or contradict each other, are a question', async () => {
  const one = await add('Pinocchio', 2022, { imdb: 'tt1488589', tmdb: '555604' })
  const other = await add('Pinocchio', 2019, { tmdb: '413518' })
  expect(await match('Pinocchio', 2022, { imdb: 'tt1488589', tmdb: '413518' })).toEqual(asked(one, other))
  expect(await match('Puppets', 1990, { imdb: 'tt1488589', tmdb: '532639' })).toEqual(asked(one))
})
