import { ratingsRecorded } from '@marquee/contracts/reviews'
import { admin, anonymous, type Booted, bootService } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { movies } from '../src/index.ts'
import { createIndexFilms } from '../src/search/index-films.ts'

let service: Booted<typeof movies.contract.endpoints>
beforeEach(async () => {
  service = await bootService(movies)
})
afterEach(() => service.stop())

type Films = Parameters<ReturnType<typeof service.asService>['importMovies']>[0]['movies']
const bring = (films: Films) => service.asService().importMovies({ movies: films })
const titles = (page: { items: { title: string }[] }) => page.items.map((item) => item.title)
const find = async (wish: object) => titles(await service.as(anonymous).listMovies(wish))

test('the exact title comes first, then titles that begin so, then people; popularity breaks ties', async () => {
  await bring([
    { title: 'Chaplin Today', popularity: 10 },
    { title: 'The Gold Rush', directors: ['Charles Chaplin'], popularity: 60 },
    { title: 'City Lights', directors: ['Charles Chaplin'], popularity: 70 },
    { title: 'Chaplin', popularity: 1 },
    { title: 'The Life of Chaplin', popularity: 2 },
  ])
  expect(await find({ q: 'chaplin' })).toEqual([
    'Chaplin',
    'Chaplin Today',
    'The Life of Chaplin',
    'City Lights',
    'The Gold Rush',
  ])
})

test('films are found by original title, people, and words without accents and articles', async () => {
  await bring([
    {
      title: 'The Fabulous Destiny',
      originalTitle: 'Le Fabuleux Destin d’Amélie Poulain',
      cast: ['Jean Ünlü'],
    },
    { title: 'The General', year: 1926 },
  ])
  for (const q of ['amelie', 'FABULEUX', 'unlu', 'fab des'])
    expect(await find({ q }), q).toEqual(['The Fabulous Destiny'])
  expect(await find({ q: 'general' })).toEqual(['The General'])
  for (const q of ['genaral', 'the genaral'])
    expect(await find({ q, genre: undefined }), q).toEqual(['The General'])
  expect(await find({ q: 'the general', genre: 'War' })).toEqual([])
})

test('what is found can be filtered and sorted', async () => {
  await bring([
    { title: 'Night One', year: 1950, genres: ['Drama'], popularity: 1 },
    { title: 'Night Two', year: 1960, genres: ['Drama', 'War'], popularity: 3 },
    { title: 'A Night', year: 1955, genres: ['War'], popularity: 2 },
  ])
  expect(await find({ q: 'night', genre: 'War' })).toEqual(['A Night', 'Night Two'])
  expect(await find({ q: 'night', year: 1950 })).toEqual(['Night One'])
  expect(await find({ q: 'night', sort: 'popular' })).toEqual(['Night Two', 'A Night', 'Night One'])
  expect(await find({ q: 'night', sort: 'newest' })).toEqual(['Night Two', 'A Night', 'Night One'])
  expect(await find({ q: 'night', sort: 'title' })).toEqual(['A Night', 'Night One', 'Night Two'])
  const { items } = await service.as(anonymous).listMovies({ q: 'night one' })
  const films = [
    { movieId: items[0]?.id ?? '', version: 1, count: 40, sum: 400, histogram: Array(10).fill(4) },
  ]
  await service.deliver(ratingsRecorded, { films, changes: [] })
  await service.runJob('weigh-ratings')
  await service.runJob('index-films')
  expect((await find({ q: 'night', sort: 'rating' }))[0]).toBe('Night One')
})

test('a changed film is found by its new name at once, a removed one no more', async () => {
  const { id: movieId } = await service.as(admin()).createMovie({ title: 'Sunrise' })
  await service.as(admin()).updateMovie({ movieId, title: 'Nightfall' })
  expect(await find({ q: 'sunrise' })).toEqual([])
  expect(await find({ q: 'nightfall' })).toEqual(['Nightfall'])
  await service.as(admin()).deleteMovie({ movieId })
  expect(await find({ q: 'nightfall' })).toEqual([])
})

test('a stop ends bringing films into the index between two lots, and the next run brings in the rest', async () => {
  await bring(Array.from({ length: 600 }, (_, number) => ({ title: `Film ${number}` })))
  await service.db.query('insert into films_to_index (movie_id) select id from movies')
  const end = new AbortController()
  const indexed: number[] = []
  const put = async (lot: readonly unknown[]) => {
    indexed.push(lot.length)
    end.abort()
  }
  const { rest } = createIndexFilms({ db: service.db, index: { isFilled: async () => true, put } as never })
  await expect(rest(end.signal)).rejects.toMatchObject({ name: 'AbortError' })
  expect(indexed).toEqual([500])
  await rest(new AbortController().signal)
  expect(indexed).toEqual([500, 100])
})

test('what was not brought into the index when it changed comes in by the job; what is gone goes', async () => {
  await bring([{ title: 'Sunrise' }, { title: 'Sundown' }])
  await service.db.query(`update movies set film = jsonb_set(film, '{title}', '"Moonrise"'),
    summary = jsonb_set(summary, '{title}', '"Moonrise"'), version = 2
    where film ->> 'title' = 'Sunrise'`)
  await service.db.query(`delete from movies where film ->> 'title' = 'Sundown'`)
  await service.db.query(
    `insert into films_to_index (movie_id) select id::uuid from
    (select * from jsonb_to_recordset($1) as ids (id text)) known`,
    [JSON.stringify(await known())],
  )
  await service.runJob('index-films')
  expect(await find({ q: 'moonrise' })).toEqual(['Moonrise'])
  expect(await find({ q: 'sundown' })).toEqual([])
  expect((await service.db.query('select from films_to_index')).rows).toHaveLength(0)

  async function known() {
    const { rows } = await service.db.query<{ table: string }>(
      `select tablename as table from pg_tables where tablename ~ '^search_films_[0-9a-f]{8}$'`,
    )
    return (await service.db.query<{ id: string }>(`select id from ${rows[0]?.table}`)).rows
  }
})

test('paging through what was found gives every film once', async () => {
  await bring(
    Array.from({ length: 45 }, (_, index) => ({
      title: `Night ${index % 9}`,
      year: 1900 + index,
      popularity: index % 4,
    })),
  )
  for (const sort of [undefined, 'popular', 'newest', 'title'] as const) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await service.as(anonymous).listMovies({ q: 'night', sort, limit: 10, cursor })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size, sort).toBe(45)
    expect(seen).toHaveLength(45)
  }
  const strange = await service.as(anonymous).attempt.listMovies({ q: 'night', cursor: 'x' })
  expect(strange).toMatchObject({ status: 422 })
})
