import { contract, endpoint, event, group, nothing } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, Location, MovieId, page, paging, ShowId, TheaterId, text, UserId } from './common.ts'
import { userErased } from './identity.ts'
import { movieChanged } from './movies.ts'
import { FilmLine } from './reviews/diary.ts'
import { showCancelled, showChanged, showScheduled } from './theaters.ts'
import { watchlistChanged } from './watchlist-events.ts'

export { watchlistChanged }

export const WatchlistLine = z.object({ movie: FilmLine, addedAt: Instant })
/** Where near is: shows beyond `radiusKm` are not told of. Null: nowhere in particular, and new shows everywhere are told. */
export const Home = z.object({
  label: text(80),
  location: Location,
  radiusKm: z.number().min(1).max(500).default(30),
})

export const listWatchlist = endpoint({
  method: 'GET',
  path: '/api/watchlist',
  summary: 'The films I want to see, latest first',
  access: ['user'],
  query: z.object({ ...paging }),
  responses: { 200: page(WatchlistLine) },
})
export const onWatchlist = endpoint({
  method: 'GET',
  path: '/api/watchlist/:movieId',
  summary: 'Whether a film is on my watchlist',
  access: ['user'],
  params: z.object({ movieId: MovieId }),
  responses: { 200: z.object({ listed: z.boolean() }) },
})
export const addToWatchlist = endpoint({
  method: 'PUT',
  path: '/api/watchlist/:movieId',
  summary: 'Put a film on my watchlist',
  access: ['user'],
  limit: 'rating',
  params: z.object({ movieId: MovieId }),
  responses: { 204: nothing },
})
export const removeFromWatchlist = endpoint({
  method: 'DELETE',
  path: '/api/watchlist/:movieId',
  summary: 'Take a film off my watchlist',
  access: ['user'],
  limit: 'rating',
  params: z.object({ movieId: MovieId }),
  responses: { 204: nothing },
})
export const getHome = endpoint({
  method: 'GET',
  path: '/api/me/home',
  summary: 'Where near is for me',
  access: ['user'],
  responses: { 200: z.object({ home: Home.nullable() }) },
})
export const putHome = endpoint({
  method: 'PUT',
  path: '/api/me/home',
  summary: 'Say where near is for me',
  access: ['user'],
  body: z.object({ home: Home.nullable() }),
  responses: { 200: z.object({ home: Home.nullable() }) },
})
/** For importers: safe to repeat. */
export const importWatchlist = endpoint({
  method: 'POST',
  path: '/internal/watchlist/import',
  summary: 'Put many films on a watchlist',
  access: ['service'],
  maxBytes: 1_000_000,
  timeoutMs: 30_000,
  body: z.object({
    userId: UserId,
    films: z.array(z.object({ movieId: MovieId, addedAt: Instant })).max(5000),
  }),
  responses: { 200: z.object({ added: z.int(), unchanged: z.int() }) },
})
/** For exports: the whole list, oldest first. */
export const exportWatchlist = endpoint({
  method: 'GET',
  path: '/internal/watchlist/of/:userId',
  summary: 'A whole watchlist',
  access: ['service'],
  params: z.object({ userId: UserId }),
  responses: { 200: z.object({ items: z.array(WatchlistLine) }) },
})

/**
 * A film on a watchlist got its first show near its owner, or anywhere for who has no home (`near` false). Told once for
 * each person, film and theater, and again when the film was taken off the list and put back.
 */
export const watchlistShowNearby = event(
  'watchlist.show-nearby.v1',
  z.object({
    userId: UserId,
    movieId: MovieId,
    movieTitle: z.string(),
    showId: ShowId,
    /** Absent from events of before it was told. */
    theaterId: TheaterId.optional(),
    theaterName: z.string(),
    localStart: z.string(),
    /** Absent from events of before they were told. */
    near: z.boolean().optional(),
    city: z.string().optional(),
  }),
)

export const watchlistMoviesGroup = group('watchlist.movies', [movieChanged])
export const watchlistShowsGroup = group('watchlist.shows', [showScheduled, showChanged, showCancelled])
export const watchlistErasureGroup = group('watchlist.erasure', [userErased])

export const watchlistContract = contract('watchlist', {
  endpoints: {
    listWatchlist,
    onWatchlist,
    addToWatchlist,
    removeFromWatchlist,
    getHome,
    putHome,
    importWatchlist,
    exportWatchlist,
  },
  events: [watchlistChanged, watchlistShowNearby],
  groups: [watchlistMoviesGroup, watchlistShowsGroup, watchlistErasureGroup],
  critical: false,
})
