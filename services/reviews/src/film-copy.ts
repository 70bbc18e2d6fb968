import type { moviesContract } from '@marquee/contracts/movies'
import type { FilmLine } from '@marquee/contracts/reviews'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { z } from 'zod'
import { type Film, findFilms, keepFilms } from './film-store.ts'

type Deps = { db: Database; movies: Client<(typeof moviesContract)['endpoints']> }

/** Films as this service knows them. */
export type FilmCopy = {
  /** Those that exist, removed ones left out; what is not copied yet is asked for once. */
  find: (ids: readonly string[]) => Promise<Map<string, Film>>
  /** The same with removed films in it, for what people wrote about them. */
  findAll: (ids: readonly string[]) => Promise<Map<string, Film>>
}

export function createFilmCopy({ db, movies }: Deps): FilmCopy {
  async function findAll(ids: readonly string[]): Promise<Map<string, Film>> {
    const known = await findFilms(db, ids)
    const missing = [...new Set(ids)].filter((id) => !known.has(id))
    for (const film of await Promise.all(missing.map(ask))) {
      if (!film) continue
      await keepFilms(db, [film])
      known.set(film.id, film)
    }
    return known
  }

  async function ask(movieId: string): Promise<Film | undefined> {
    const answer = await movies.asService().attempt.getMovie({ movieId })
    if (!answer.ok && answer.code === 'not-found') return undefined
    if (!answer.ok) throw new Error(`movies did not tell about ${movieId}: ${answer.code}`)
    const { id, version, title, year, genres, externalIds } = answer.value
    return { id, version, title, year, genres, externalIds, deleted: false }
  }

  return {
    findAll,
    find: async (ids) => new Map([...(await findAll(ids))].filter(([, film]) => !film.deleted)),
  }
}

/** A film as lists show it. */
export const filmLine = ({ id, title, year }: Film): z.infer<typeof FilmLine> => ({
  id,
  title,
  year,
  posterUrl: `/posters/${id}.svg`,
})
