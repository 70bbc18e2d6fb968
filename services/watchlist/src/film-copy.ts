import type { movieChanged, moviesContract } from '@marquee/contracts/movies'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { z } from 'zod'
import { type Film, findFilms, keepFilms } from './film-store.ts'

type Deps = { db: Database; movies: Client<(typeof moviesContract)['endpoints']> }

export const toFilm = ({
  movieId: id,
  version,
  title,
  year,
  deleted,
}: z.output<typeof movieChanged.schema>): Film => ({ id, version, title, year, deleted })

/** Films as this service knows them; what is not copied yet is asked for once. At most 5,000. */
export function createFilmCopy({ db, movies }: Deps) {
  return async (ids: readonly string[]): Promise<Map<string, Film>> => {
    const known = await findFilms(db, ids)
    const missing = ids.filter((id) => !known.has(id))
    if (missing.length > 0) {
      const { items } = await movies.asService().copyMovies({ ids: missing })
      const found = items.map(toFilm)
      if (found.length > 0) await keepFilms(db, found)
      for (const film of found) known.set(film.id, film)
    }
    return new Map([...known].filter(([, film]) => !film.deleted))
  }
}
export type FilmCopy = ReturnType<typeof createFilmCopy>

const pageSize = 1000

/** Copies the films that were there before this service was, once; takes up where it was interrupted. */
export function createCopyFilmsOnce({ db, movies }: Deps): () => Promise<void> {
  let done = false
  return async () => {
    if (done) return
    const { rows } = await db.query<{ reached: string | null; done: boolean }>(
      "select reached, done from copied where what = 'films'",
    )
    let reached = rows[0]?.reached ?? undefined
    done = rows[0]?.done ?? false
    while (!done) {
      const { items } = await movies
        .asService()
        .copyMovies({ ...(reached ? { after: reached } : {}), limit: pageSize })
      if (items.length > 0) await keepFilms(db, items.map(toFilm))
      reached = items.at(-1)?.movieId ?? reached
      done = items.length === 0
      await db.query(
        `insert into copied (what, reached, done) values ('films', $1, $2)
         on conflict (what) do update set reached = excluded.reached, done = excluded.done`,
        [reached ?? null, done],
      )
    }
  }
}
