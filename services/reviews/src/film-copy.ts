import type { movieChanged, moviesContract } from '@marquee/contracts/movies'
import type { FilmLine } from '@marquee/contracts/reviews'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { z } from 'zod'
import { type Film, findFilms, keepFilms } from './film-store.ts'

type Deps = { db: Database; movies: Client<(typeof moviesContract)['endpoints']> }

type Told = z.output<typeof movieChanged.schema>

/** Films as this service knows them. */
export type FilmCopy = {
  /** Those that exist, removed ones left out; what is not copied yet is asked for once. At most 5,000. */
  find: (ids: readonly string[]) => Promise<Map<string, Film>>
  /** The same with removed films in it, for what people wrote about them. */
  findAll: (ids: readonly string[]) => Promise<Map<string, Film>>
}

export function createFilmCopy({ db, movies }: Deps): FilmCopy {
  async function findAll(ids: readonly string[]): Promise<Map<string, Film>> {
    const known = await findFilms(db, ids)
    const missing = [...new Set(ids)].filter((id) => !known.has(id))
    if (missing.length === 0) return known
    const { items } = await movies.asService().copyMovies({ ids: missing })
    const found = items.map(toFilm)
    if (found.length > 0) await keepFilms(db, found)
    for (const film of found) known.set(film.id, film)
    return known
  }

  return {
    findAll,
    find: async (ids) => new Map([...(await findAll(ids))].filter(([, film]) => !film.deleted)),
  }
}

/** A film as movies tells of it. */
export const toFilm = ({ movieId: id, version, title, year, genres, externalIds, deleted }: Told): Film => ({
  id,
  version,
  title,
  year,
  genres,
  externalIds,
  deleted,
})

/** A film as lists show it. */
export const filmLine = ({ id, title, year }: Film): z.infer<typeof FilmLine> => ({
  id,
  title,
  year,
  posterUrl: `/posters/${id}.svg`,
})
