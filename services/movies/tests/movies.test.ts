import { movieChanged } from '@marquee/contracts/movies'
import { admin, anonymous, type Booted, bootService, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { movies } from '../src/index.ts'
import { movieStore } from '../src/movie-store.ts'

let service: Booted<typeof movies.contract.endpoints>
beforeEach(async () => {
  service = await bootService(movies)
})
afterEach(() => service.stop())

type Films = Parameters<ReturnType<typeof service.asService>['importMovies']>[0]['movies']
const film = (title: string, more: Partial<Films[number]> = {}) => ({ title, ...more })
const bring = (films: Films) => service.asService().importMovies({ movies: films })
const titles = (page: { items: { title: string }[] }) => page.items.map((item) => item.title)

test('an admin adds a film and everybody reads it', async () => {
  const made = await service.as(admin()).createMovie({
    title: 'Sunrise',
    year: 1927,
    releaseDate: '1927-09-23',
    runtimeMinutes: 94,
    genres: ['Drama'],
    directors: ['F. W. Murnau'],
  })
  const read = await service.as(anonymous).getMovie({ movieId: made.id })
  expect(read).toEqual(made)
  expect(read).toMatchObject({ posterUrl: `/posters/${made.id}.svg`, rating: { average: null, count: 0 } })
  expect(await service.published(movieChanged)).toMatchObject([
    { movieId: made.id, version: 1, deleted: false },
  ])
})

test('nobody but an admin changes the catalogue', async () => {
  const attempt = await service.as(person()).attempt.createMovie({ title: 'Sunrise' })
  expect(attempt).toMatchObject({ ok: false, code: 'forbidden' })
})

test('a film is not removed while an import has found it, which would tell that it is there', async () => {
  const { id: movieId } = await service.as(admin()).createMovie({ title: 'Sunrise', year: 1927 })
  const [found, written] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const importing = service.db.transaction(async (tx) => {
    await movieStore.lockForMatching(tx)
    found.resolve()
    await written.promise
  })
  await found.promise
  let removed = false
  const removing = service.as(admin()).deleteMovie({ movieId })
  void removing.then(() => {
    removed = true
  })
  const isWaiting = async () =>
    (await service.db.query(`select from pg_locks where locktype = 'advisory' and not granted`)).rowCount > 0
  while (!removed && !(await isWaiting()));
  expect(removed).toBe(false)
  written.resolve()
  await Promise.all([importing, removing])
  expect(await service.published(movieChanged)).toMatchObject([{ deleted: false }, { deleted: true }])
})

test('films whose titles are all signs are told apart by them', async () => {
  expect(await bring([film('$', { year: 1971 }), film('???', { year: 1971 })])).toMatchObject({ added: 2 })
  const { items } = await service.asService().matchMovies({
    films: ['$', '!!!'].map((title) => ({ key: title, title, year: 1971 })),
  })
  const dollars = await service.as(anonymous).listMovies({ sort: 'title' })
  expect(items).toMatchObject([
    { key: '$', movieId: dollars.items.find(({ title }) => title === '$')?.id },
    { key: '!!!', movieId: null },
  ])
})

test('a film that is there already is not added twice', async () => {
  const made = await service.as(admin()).createMovie({ title: 'Sunrise', year: 1927 })
  const again = await service.as(admin()).attempt.createMovie({ title: 'SUNRISE!', year: 1927 })
  expect(again).toMatchObject({ ok: false, code: 'movie-exists', problem: { movieId: made.id } })
  const remake = await service.as(admin()).attempt.createMovie({ title: 'Sunrise', year: 2027 })
  expect(remake.ok).toBe(true)
})

test('two admins who change the same film do not overwrite each other', async () => {
  const { id: movieId } = await service.as(admin()).createMovie({ title: 'Sunrise' })
  const change = (title: string) =>
    service.as(admin()).attempt.updateMovie({ movieId, title }, { headers: { 'if-match': '"1"' } })
  expect(await change('Sunrise (1927)')).toMatchObject({ ok: true, value: { version: 2 } })
  expect(await change('Sun rise')).toMatchObject({ ok: false, code: 'version-mismatch', status: 412 })
})

test('a removed film is gone and the others hear of it', async () => {
  const { id: movieId } = await service.as(admin()).createMovie({ title: 'Sunrise' })
  await service.as(admin()).deleteMovie({ movieId })
  expect(await service.as(anonymous).attempt.getMovie({ movieId })).toMatchObject({ code: 'not-found' })
  expect((await service.published(movieChanged)).at(-1)).toMatchObject({ movieId, version: 2, deleted: true })
})

test('importing the same films twice changes nothing the second time', async () => {
  const films = [
    film('Carmen', { year: 1915, externalIds: { wikipedia: 'Carmen_(DeMille)' } }),
    film('Carmen', { year: 1915, externalIds: { wikipedia: 'Carmen_(Walsh)' } }),
    film('Caught', { year: 1900 }),
  ]
  expect(await bring(films)).toMatchObject({ added: 3, changed: 0, unchanged: 0 })
  expect(await bring(films)).toMatchObject({ added: 0, changed: 0, unchanged: 3 })
  expect(await service.published(movieChanged)).toHaveLength(3)
})

test('an import adds what it knows and keeps what it does not', async () => {
  await bring([film('Dune', { year: 2021, runtimeMinutes: 155, overview: 'Ours.' })])
  await bring([
    film('Dune', { year: 2021, genres: ['Adventure'], externalIds: { wikipedia: 'Dune_(2021_film)' } }),
  ])
  const [found] = (await service.as(anonymous).listMovies({ q: 'dune' })).items
  expect(found).toMatchObject({ runtimeMinutes: 155, genres: ['Adventure'] })
})

test('paging gives every film once, in any order, while films are added', async () => {
  await bring(
    Array.from({ length: 45 }, (_, index) =>
      film(`Film ${index % 7}`, {
        year: 1950 + (index % 3),
        popularity: index % 4,
        externalIds: { imdb: `tt${index}` },
      }),
    ),
  )
  for (const sort of ['popular', 'rating', 'newest', 'title'] as const) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await service.as(anonymous).listMovies({ sort, limit: 10, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(seen).size).toBe(45)
    expect(seen).toHaveLength(45)
  }
})

test('lists filter by genre, year and words of title or people, and sort', async () => {
  await bring([
    film('The General', { year: 1926, genres: ['Comedy'], directors: ['Buster Keaton'], popularity: 1 }),
    film('Amélie', { year: 2001, genres: ['Romance', 'Comedy'], popularity: 3 }),
    film('Alien', { year: 1979, genres: ['Horror'], popularity: 2 }),
  ])
  const list = async (wish: object) => titles(await service.as(anonymous).listMovies(wish))
  expect(await list({})).toEqual(['Amélie', 'Alien', 'The General'])
  expect(await list({ sort: 'newest' })).toEqual(['Amélie', 'Alien', 'The General'])
  expect(await list({ sort: 'title' })).toEqual(['Alien', 'Amélie', 'The General'])
  expect(await list({ genre: 'Comedy' })).toEqual(['Amélie', 'The General'])
  expect(await list({ genre: 'comédy' })).toEqual(['Amélie', 'The General'])
  expect(await list({ genre: 'COMEDY', q: 'keat' })).toEqual(['The General'])
  expect(await list({ genre: 'Tragedy' })).toEqual([])
  expect(await list({ year: 1979 })).toEqual(['Alien'])
  expect(await list({ q: 'keat' })).toEqual(['The General'])
  expect(await list({ q: 'amelie' })).toEqual(['Amélie'])
  expect(await list({ q: 'Aliin' })).toEqual(['Alien'])
  expect(await list({ q: "'); drop table movies; --" })).toEqual([])
  expect((await service.as(anonymous).listGenres()).items[0]).toEqual({ name: 'Comedy', count: 2 })
})

test('suggestions put titles that begin so first and forgive a slip', async () => {
  await bring([
    film('The Godfather', { popularity: 5 }),
    film('Godzilla', { popularity: 1 }),
    film('My Man Godfrey', { popularity: 9 }),
  ])
  const suggest = async (q: string) => titles(await service.as(anonymous).suggestMovies({ q }))
  expect((await suggest('god')).slice(0, 2)).toEqual(['The Godfather', 'Godzilla'])
  expect((await suggest('godfahter'))[0]).toBe('The Godfather')
  expect(await suggest('!!')).toEqual([])
})

test('a cursor made up by somebody is refused, not a fault', async () => {
  for (const cursor of [
    'x',
    btoa('["popular",[1],"no-id"]'),
    btoa('["title",["a\\u0000"],"00000000-0000-4000-8000-000000000000"]'),
  ]) {
    const attempt = await service.as(anonymous).attempt.listMovies({ cursor, sort: 'title' })
    expect(attempt).toMatchObject({ ok: false, status: 422 })
  }
})
