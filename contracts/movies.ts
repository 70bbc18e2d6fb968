import { contract, group } from '@marquee/kit/contract'
import * as catalogue from './movies/catalogue.ts'
import * as internal from './movies/internal.ts'
import * as keeping from './movies/keeping.ts'
import { orderConfirmed } from './order-events.ts'
import { ratingsRecorded } from './reviews/ratings.ts'
import { watchlistChanged } from './watchlist-events.ts'

export * from './movies/catalogue.ts'
export * from './movies/film.ts'
export * from './movies/internal.ts'
export * from './movies/keeping.ts'

/** Ratings for films' figures; all three for what is trending. */
export const moviesActivityGroup = group('movies.activity', [
  ratingsRecorded,
  watchlistChanged,
  orderConfirmed,
])

export const moviesContract = contract('movies', {
  endpoints: {
    listMovies: catalogue.listMovies,
    listGenres: catalogue.listGenres,
    suggestMovies: catalogue.suggestMovies,
    topRated: catalogue.topRated,
    trending: catalogue.trending,
    getMovie: catalogue.getMovie,
    createMovie: keeping.createMovie,
    updateMovie: keeping.updateMovie,
    deleteMovie: keeping.deleteMovie,
    importMovie: keeping.importMovie,
    importMovies: internal.importMovies,
    copyMovies: internal.copyMovies,
    matchMovies: internal.matchMovies,
  },
  events: [internal.movieChanged],
  groups: [moviesActivityGroup],
  critical: true,
})
