import type { Belonging } from '../belongings-view.ts'
import { toCsv } from './csv.ts'

const columns = [
  'Const',
  'Your Rating',
  'Date Rated',
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

/** Ratings as IMDb exports them, to ten; films without an IMDb id have no line there. */
export function imdbRatings(belongings: readonly Belonging[]): string {
  const rows = belongings.flatMap(({ film, genres, on, fact }) =>
    fact.kind === 'rating' && film.imdb
      ? [
          [
            film.imdb,
            fact.stars * 2,
            on,
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
          ],
        ]
      : [],
  )
  return toCsv({ columns, rows })
}
