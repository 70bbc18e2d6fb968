import { createMemoryCache } from '@marquee/kit/cache'
import { admin, anonymous, type Booted, bootService } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFilmShelves } from '../src/film-shelves.ts'
import { movies } from '../src/index.ts'
import { countingDatabase } from './counting-database.ts'

let service: Booted<typeof movies.contract.endpoints>
beforeEach(async () => {
  service = await bootService(movies)
})
afterEach(() => service.stop())

const id = (head: string, tail: string) => `${head.padEnd(8, '0')}-0000-7000-8000-000000000${tail}`

test('one question brings the whole shelf, and a change of one film brings it anew', async () => {
  const [one, two, other] = [id('a', 'fff'), id('b', 'fff'), id('c', '001')]
  await service.asService().importMovies({
    movies: [
      { id: one, title: 'One' },
      { id: two, title: 'Two\n{"id":"no film"}' },
      { id: other, title: 'Other' },
    ],
  })
  const { db, statements } = countingDatabase(service.db)
  const shelves = createFilmShelves({ db, cache: createMemoryCache() })
  expect(await shelves.get(one)).toEqual(await service.as(anonymous).getMovie({ movieId: one }))
  expect((await shelves.get(two.toUpperCase()))?.title).toBe('Two\n{"id":"no film"}')
  expect(await shelves.get(id('d', 'fff'))).toBeUndefined()
  expect(statements()).toHaveLength(1)
  expect((await shelves.get(other))?.title).toBe('Other')
  expect(statements()).toHaveLength(2)
})

test('whoever changed a film, added it or removed it is shown that at once', async () => {
  const read = (movieId: string) => service.as(anonymous).attempt.getMovie({ movieId })
  const movieId = id('a', 'abc')
  expect(await read(movieId)).toMatchObject({ code: 'not-found' })
  await service.asService().importMovies({ movies: [{ id: movieId, title: 'Sunrise' }] })
  expect(await read(movieId)).toMatchObject({ value: { title: 'Sunrise' } })
  await service.as(admin()).updateMovie({ movieId, title: 'Sunset' })
  expect(await read(movieId)).toMatchObject({ value: { title: 'Sunset' } })
  await service.as(admin()).deleteMovie({ movieId })
  expect(await read(movieId)).toMatchObject({ code: 'not-found' })
})
