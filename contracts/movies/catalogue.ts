import { endpoint } from '@marquee/kit/contract'
import { z } from 'zod'
import { MovieId, page, paging } from '../common.ts'
import { Movie, MovieSummary } from './film.ts'

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
