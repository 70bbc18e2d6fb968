import { contract, endpoint, event, group, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { LocalDate, MovieId, page, paging, text, Version } from './common.ts'
import { orderConfirmed } from './order-events.ts'
import { ratingsRecorded } from './reviews/ratings.ts'
import { watchlistChanged } from './watchlist-events.ts'

export const Rating = z.object({ average: z.number().nullable(), count: z.int() })
export const MovieSummary = z.object({
  id: MovieId,
  title: z.string(),
  year: z.int().nullable(),
  releaseDate: LocalDate.nullable(),
  runtimeMinutes: z.int().nullable(),
  genres: z.array(z.string()),
  certificate: z.string().nullable(),
  posterUrl: z.string(),
  rating: Rating,
})
export type MovieSummary = z.infer<typeof MovieSummary>
export const ExternalIds = z.object({
  imdb: text(200).optional(),
  wikipedia: text(200).optional(),
  tmdb: text(200).optional(),
})
export const Movie = MovieSummary.extend({
  originalTitle: z.string().nullable(),
  overview: z.string(),
  cast: z.array(z.string()),
  directors: z.array(z.string()),
  languages: z.array(z.string()),
  countries: z.array(z.string()),
  externalIds: ExternalIds,
  trailerUrl: z.string().optional(),
  version: Version,
})
export type Movie = z.infer<typeof Movie>

const fields = {
  title: text(500),
  originalTitle: text(500).nullable(),
  year: z.int().min(1870).max(2200).nullable(),
  releaseDate: LocalDate.nullable(),
  runtimeMinutes: z.int().min(1).max(1500).nullable(),
  genres: z.array(text(40)).max(20),
  certificate: text(20).nullable(),
  overview: text(5000, 0),
  cast: z.array(text(120)).max(200),
  directors: z.array(text(120)).max(30),
  languages: z.array(text(60)).max(30),
  countries: z.array(text(60)).max(30),
  externalIds: ExternalIds,
  trailerUrl: z.url({ protocol: /^https$/ }).max(500),
}
export const MovieDraft = z.object({
  title: fields.title,
  originalTitle: fields.originalTitle.default(null),
  year: fields.year.default(null),
  releaseDate: fields.releaseDate.default(null),
  runtimeMinutes: fields.runtimeMinutes.default(null),
  genres: fields.genres.default([]),
  certificate: fields.certificate.default(null),
  overview: fields.overview.default(''),
  cast: fields.cast.default([]),
  directors: fields.directors.default([]),
  languages: fields.languages.default([]),
  countries: fields.countries.default([]),
  externalIds: fields.externalIds.default({}),
  trailerUrl: fields.trailerUrl.optional(),
})
export type MovieDraft = z.infer<typeof MovieDraft>

export const listMovies = endpoint({
  method: 'GET',
  path: '/api/movies',
  summary: 'Films, filtered and sorted',
  access: ['anyone'],
  cache: { seconds: 10, staleSeconds: 60, tags: ['movies'] },
  query: z.object({
    q: z.string().trim().max(200).optional(),
    genre: z.string().max(40).optional(),
    year: z.coerce.number().int().min(1870).max(2200).optional(),
    /** `id,id,…`: these films in this order, those that are gone left out; nothing else is looked at then. */
    ids: z
      .string()
      .regex(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(,[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}){0,99}$/i, {
        error: 'must be up to 100 ids',
      })
      .transform((list) => list.split(','))
      .optional(),
    /** With `q` the best match comes first unless told, else the most popular. */
    sort: z.enum(['popular', 'rating', 'newest', 'title']).optional(),
    ...paging,
  }),
  responses: { 200: page(MovieSummary) },
})
export const listGenres = endpoint({
  method: 'GET',
  path: '/api/genres',
  summary: 'Genres with the number of films in each',
  access: ['anyone'],
  cache: { seconds: 60, staleSeconds: 600, tags: ['movies'] },
  responses: { 200: z.object({ items: z.array(z.object({ name: z.string(), count: z.int() })) }) },
})
export const suggestMovies = endpoint({
  method: 'GET',
  path: '/api/movies/suggest',
  summary: 'Films whose titles look like what is being typed; forgives typing errors',
  access: ['anyone'],
  cache: { seconds: 30, tags: ['movies'] },
  query: z.object({ q: z.string().trim().min(1).max(100) }),
  responses: {
    200: z.object({
      items: z.array(
        z.object({ id: MovieId, title: z.string(), year: z.int().nullable(), posterUrl: z.string() }),
      ),
    }),
  },
})
export const topRated = endpoint({
  method: 'GET',
  path: '/api/movies/top-rated',
  summary: 'Films by weighted rating',
  access: ['anyone'],
  cache: { seconds: 60, staleSeconds: 600, tags: ['movies'] },
  query: z.object({ ...paging }),
  responses: { 200: page(MovieSummary) },
})
export const trending = endpoint({
  method: 'GET',
  path: '/api/movies/trending',
  summary: 'Films people are interested in now',
  access: ['anyone'],
  cache: { seconds: 60, staleSeconds: 600, tags: ['movies'] },
  query: z.object({ ...paging }),
  responses: { 200: page(MovieSummary) },
})
export const getMovie = endpoint({
  method: 'GET',
  path: '/api/movies/:movieId',
  summary: 'One film',
  access: ['anyone'],
  cache: { seconds: 60, staleSeconds: 600, tags: ['movie:{movieId}'] },
  params: z.object({ movieId: MovieId }),
  responses: { 200: Movie },
})
export const createMovie = endpoint({
  method: 'POST',
  path: '/api/movies',
  summary: 'Add a film',
  access: ['admin'],
  body: MovieDraft,
  responses: { 201: Movie, 409: problem('movie-exists', { movieId: MovieId }) },
})
export const updateMovie = endpoint({
  method: 'PATCH',
  path: '/api/movies/:movieId',
  summary: 'Change a film',
  access: ['admin'],
  params: z.object({ movieId: MovieId }),
  body: z.object(fields).partial(),
  responses: { 200: Movie, 409: problem('movie-exists', { movieId: MovieId }) },
})
export const deleteMovie = endpoint({
  method: 'DELETE',
  path: '/api/movies/:movieId',
  summary: 'Remove a film',
  access: ['admin'],
  params: z.object({ movieId: MovieId }),
  responses: { 204: nothing },
})
const retryAfter = { retryAfterSeconds: z.int() }
/**
 * The facts of one film from OMDb: 201 when it is new here, 200 when it was known. Asked at most once a day for a
 * film; when OMDb fails or the day's requests are used up, what it answered last is used.
 */
export const importMovie = endpoint({
  method: 'POST',
  path: '/api/movies/import',
  summary: 'Bring in a film by its IMDb id, from OMDb',
  access: ['admin'],
  timeoutMs: 15_000,
  body: z.object({
    imdbId: z
      .string()
      .trim()
      .regex(/^tt\d{7,10}$/, 'must look like tt0017136'),
  }),
  responses: {
    200: Movie,
    201: Movie,
    404: problem('movie-unknown'),
    409: [problem('omdb-not-configured'), problem('omdb-key-refused')],
    422: problem('not-a-film', { kind: z.string() }),
    503: [problem('omdb-quota-reached', retryAfter), problem('omdb-unavailable', retryAfter)],
  },
})
/** For importers and the demo: films in bulk, matched by external id, then by title and year. */
export const importMovies = endpoint({
  method: 'POST',
  path: '/internal/movies/import',
  summary: 'Add or update films in bulk',
  access: ['service'],
  maxBytes: 16_000_000,
  timeoutMs: 60_000,
  body: z.object({
    movies: z
      .array(MovieDraft.extend({ id: MovieId.optional(), popularity: z.number().optional() }))
      .max(2000),
    /** What is known of a film stays, and only gaps are filled. */
    fill: z.boolean().default(false),
  }),
  responses: {
    200: z.object({
      added: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      ids: z.array(MovieId),
    }),
  },
})

export const movieChanged = event(
  'movie.changed.v1',
  z.object({
    movieId: MovieId,
    version: Version,
    title: z.string(),
    year: z.int().nullable(),
    runtimeMinutes: z.int().nullable(),
    genres: z.array(z.string()),
    externalIds: ExternalIds.default({}),
    deleted: z.boolean().default(false),
  }),
)
/** For services whose copies begin later than the catalogue did: what `movie.changed` would tell, by id. */
export const copyMovies = endpoint({
  method: 'POST',
  path: '/internal/movies/copies',
  summary: 'Films as events tell of them: these, or all in the order of their ids',
  access: ['service'],
  maxBytes: 400_000,
  timeoutMs: 30_000,
  body: z.object({
    ids: z.array(MovieId).max(5000).optional(),
    after: MovieId.optional(),
    limit: z.int().min(1).max(5000).default(1000),
  }),
  responses: { 200: z.object({ items: z.array(movieChanged.schema) }) },
})

/** Ratings for films' figures; all three for what is trending. */
export const moviesActivityGroup = group('movies.activity', [
  ratingsRecorded,
  watchlistChanged,
  orderConfirmed,
])

/** For imports of people's lists: which of our films theirs are. Null where it is not certain. */
export const matchMovies = endpoint({
  method: 'POST',
  path: '/internal/movies/match',
  summary: 'Recognise films by external id, or by title and year',
  access: ['service'],
  maxBytes: 1_000_000,
  timeoutMs: 30_000,
  body: z.object({
    films: z
      .array(
        z.object({
          key: z.string().max(600),
          title: z.string().max(500),
          year: z.int().nullable(),
          imdb: z.string().max(200).optional(),
          tmdb: z.string().max(200).optional(),
        }),
      )
      .max(200),
  }),
  responses: {
    200: z.object({
      items: z.array(
        z.object({ key: z.string(), movieId: MovieId.nullable(), candidates: z.array(MovieId) }),
      ),
    }),
  },
})

export const moviesContract = contract('movies', {
  endpoints: {
    listMovies,
    listGenres,
    suggestMovies,
    topRated,
    trending,
    getMovie,
    createMovie,
    updateMovie,
    deleteMovie,
    importMovie,
    importMovies,
    copyMovies,
    matchMovies,
  },
  events: [movieChanged],
  groups: [moviesActivityGroup],
  critical: true,
})
