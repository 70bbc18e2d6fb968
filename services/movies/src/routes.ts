import { moviesContract } from '@marquee/contracts/movies'
import { type CallRequest, fail, implement, invalid } from '@marquee/kit/contract'
import type { createChangeMovies } from './change-movies.ts'
import { presentMovie } from './film.ts'
import type { createImportMovies } from './import-movies.ts'
import type { ListWish, MovieView } from './movie-view.ts'

type Deps = {
  view: MovieView
  changes: ReturnType<typeof createChangeMovies>
  importMovies: ReturnType<typeof createImportMovies>
}

export function createRoutes({ view, changes, importMovies }: Deps) {
  const list = async (wish: ListWish) =>
    (await view.list(wish)) ?? invalid([{ path: 'cursor', message: 'is not a cursor of this list' }])

  return implement(moviesContract, {
    handlers: {
      listMovies: (input) => list({ ...input, q: input.q || undefined, genre: input.genre || undefined }),
      listGenres: async () => ({ items: await view.genres() }),
      suggestMovies: async ({ q }) => ({ items: await view.suggest(q) }),
      topRated: (input) => list({ ...input, sort: 'rating' }),
      trending: (input) => list({ ...input, sort: 'popular' }),
      getMovie: async ({ movieId }) => (await view.get(movieId)) ?? fail('not-found'),
      createMovie: async (draft) => {
        const saved = await changes.create(draft)
        return saved.ok ? presentMovie(saved.row) : fail(saved.code, { movieId: saved.movieId })
      },
      updateMovie: async ({ movieId, ...fields }, request) => {
        const saved = await changes.update(movieId, fields, expectedVersion(request))
        if (saved.ok) return presentMovie(saved.row)
        return saved.code === 'movie-exists' ? fail(saved.code, { movieId: saved.movieId }) : fail(saved.code)
      },
      deleteMovie: async ({ movieId }) => ((await changes.remove(movieId)) ? undefined : fail('not-found')),
      importMovies: ({ movies }) => importMovies(movies),
    },
  })
}

/** `If-Match: "3"`; anything that is no version matches none. */
function expectedVersion({ headers }: CallRequest): number | undefined {
  const given = headers['if-match']
  if (given === undefined || given === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given)?.[1]
  return version === undefined ? -1 : Number(version)
}
