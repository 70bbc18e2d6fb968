import { endpoint, event } from '@marquee/kit/contract'
import { z } from 'zod'
import { MovieId, Version } from '../common.ts'
import { ExternalIds, MovieDraft } from './film.ts'

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
