import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { MovieId } from '../common.ts'
import { filmFields, Movie, MovieDraft } from './film.ts'

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
  body: z.object(filmFields).partial(),
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
