import type { MovieSummary, moviesContract } from '@marquee/contracts/movies'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { readKnown, readTaste } from './pick-view.ts'

type Deps = { db: Database; movies: Client<(typeof moviesContract)['endpoints']> }

/** How many films tell a taste, and how many genres it is looked for in. */
const films = 50
const genres = 3

/** For those whom no neighbours speak to yet: what is popular in the genres of what they want to see or liked. */
export function createPickByGenre({ db, movies }: Deps) {
  return async (userId: string, most: number): Promise<MovieSummary[]> => {
    const ids = await readTaste(db, userId, films)
    if (ids.length === 0) return []
    const liked = await movies.asService().listMovies({ ids: ids.join(','), limit: 100 })
    const shares = new Map<string, number>()
    for (const film of liked.items)
      for (const genre of film.genres)
        shares.set(genre, (shares.get(genre) ?? 0) + 1 / film.genres.length / liked.items.length)
    const favourites = [...shares].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    const lists = await Promise.all(
      favourites
        .slice(0, genres)
        .map(([genre]) => movies.asService().listMovies({ genre, sort: 'popular', limit: 100 })),
    )
    const candidates = new Map(lists.flatMap(({ items }) => items).map((film) => [film.id, film]))
    const known = await readKnown(db, userId, [...candidates.keys()])
    const fits = (film: MovieSummary): number =>
      film.genres.reduce((sum, genre) => sum + (shares.get(genre) ?? 0), 0)
    // Sorting is stable: of equally fitting films the more popular stay first.
    return [...candidates.values()]
      .filter(({ id }) => !known.has(id))
      .sort((a, b) => fits(b) - fits(a))
      .slice(0, most)
  }
}
export type PickByGenre = ReturnType<typeof createPickByGenre>
