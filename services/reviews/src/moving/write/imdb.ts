import type { Belonging } from '../belongings-view.ts'
import { toCsv } from './csv.ts'

const ofFilm = [
  'Title',
  'Original Title',
  'URL',
  'Title Type',
  'IMDb Rating',
  'Runtime (mins)',
  'Year',
  'Genres',
  'Num Votes',
  'Release Date',
  'Directors',
]
const ofRating = ['Const', 'Your Rating', 'Date Rated', ...ofFilm]
const ofWatchlist = ['Position', 'Const', 'Created', 'Modified', 'Description', ...ofFilm]

type Named = Belonging & { film: { imdb: string } }
const isNamed = (one: Belonging): one is Named => one.film.imdb !== undefined

const filmCells = ({ film, genres }: Named) => [
  film.title,
  film.title,
  `https://www.imdb.com/title/${film.imdb}`,
  'Movie',
  null,
  null,
  film.year,
  genres.join(', '),
  null,
  null,
  null,
]

/** Ratings as IMDb exports them, to ten; films without an IMDb id have no line there. */
export function imdbRatings(belongings: readonly Belonging[]): string {
  const rows = belongings
    .filter(isNamed)
    .flatMap((one) =>
      one.fact.kind === 'rating' ? [[one.film.imdb, one.fact.stars * 2, one.on, ...filmCells(one)]] : [],
    )
  return toCsv({ columns: ofRating, rows })
}

/** A watchlist as IMDb exports it, numbered in the order it was made; films without an IMDb id have no line there. */
export function imdbWatchlist(belongings: readonly Belonging[]): string {
  const rows = belongings
    .filter(isNamed)
    .filter(({ fact }) => fact.kind === 'watchlist')
    .map((one, at) => [at + 1, one.film.imdb, one.on, one.on, null, ...filmCells(one)])
  return toCsv({ columns: ofWatchlist, rows })
}
