import { moviesContract } from '@marquee/contracts/movies'
import { badCursor, type Caller, expectedVersion, fail, implement, reply } from '@marquee/kit/contract'
import type { createChangeMovies } from './change-movies.ts'
import { presentMovie } from './film.ts'
import type { createFilmShelves } from './film-shelves.ts'
import type { createFindMatches } from './find-matches.ts'
import type { createImportMovies } from './import-movies.ts'
import type { MovieView } from './movie-view.ts'
import type { createImportFromOmdb } from './omdb/import-from-omdb.ts'
import type { SearchFilms } from './search/search-films.ts'
import { listOfGenre } from './spell-genre.ts'

type Deps = {
  view: MovieView
  /** The same for somebody who reads a list. */
  viewFor: (caller: Caller) => MovieView
  search: SearchFilms
  shelves: ReturnType<typeof createFilmShelves>
  changes: ReturnType<typeof createChangeMovies>
  importMovies: ReturnType<typeof createImportMovies>
  importFromOmdb: ReturnType<typeof createImportFromOmdb>
  findMatches: ReturnType<typeof createFindMatches>
}

export function createRoutes({
  view,
  viewFor,
  search,
  shelves,
  changes,
  importMovies,
  importFromOmdb,
  findMatches,
}: Deps) {
  const orRefused = async <Page>(page: Promise<Page | undefined>) => (await page) ?? badCursor()

  return implement(moviesContract, {
    handlers: {
      listMovies: async ({ ids, q, genre: given, sort, ...input }, { caller }) => {
        if (ids) return { items: await viewFor(caller).some(ids), nextCursor: null }
        const films = viewFor(caller)
        return orRefused(
          listOfGenre(films, given || undefined, (genre) =>
            q
              ? search.list({ ...input, q, genre, sort })
              : films.list({ ...input, genre, sort: sort ?? 'popular' }),
          ),
        )
      },
      listGenres: async (_input, { caller }) => ({ items: await viewFor(caller).genres() }),
      suggestMovies: async ({ q }) => ({ items: await search.suggest(q) }),
      topRated: (input, { caller }) => orRefused(viewFor(caller).list({ ...input, sort: 'rating' })),
      trending: (input, { caller }) => orRefused(viewFor(caller).list({ ...input, sort: 'trending' })),
      getMovie: async ({ movieId }) => (await shelves.get(movieId)) ?? fail('not-found'),
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
      importMovie: async ({ imdbId }) => {
        const imported = await importFromOmdb(imdbId)
        if (imported.ok) return reply(imported.added ? 201 : 200, imported.movie)
        if (imported.code === 'not-a-film') return fail(imported.code, { kind: imported.kind })
        return 'retryAfterSeconds' in imported
          ? later(imported)
          : fail(imported.code, undefined, hints[imported.code])
      },
      importMovies: ({ movies, fill }) => importMovies(movies, fill),
      matchMovies: async ({ films }) => ({ items: await findMatches(films) }),
      copyMovies: async (wish) => ({ items: await view.copies(wish) }),
    },
  })
}

const hints: Partial<Record<string, string>> = {
  'omdb-not-configured': 'Importing needs a key of OMDb: set MOVIES_OMDB_KEY',
  'omdb-key-refused': 'OMDb refuses the key: check MOVIES_OMDB_KEY',
  'movie-unknown': 'OMDb knows no film by this id',
}

const later = ({ code, retryAfterSeconds }: { code: string; retryAfterSeconds: number }) =>
  fail(code, { retryAfterSeconds }, undefined, { 'retry-after': String(retryAfterSeconds) })
