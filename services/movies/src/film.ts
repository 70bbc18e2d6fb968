import type { Movie, MovieDraft, MovieSummary } from '@marquee/contracts/movies'

/** A film as it is kept: what somebody entered, whole. */
export type Film = MovieDraft

export type MovieRecord = { id: string; version: number; film: Film; popularity: number }

/** `rating`: the sum in half stars, and how many. */
export type MovieRow = MovieRecord & { rating: [sum: number, count: number] | null }

/** What lists read of a film. */
export type SummaryRow = { id: string; summary: FilmSummary; rating: MovieRow['rating'] }
type FilmSummary = Pick<Film, 'title' | 'year' | 'releaseDate' | 'runtimeMinutes' | 'genres' | 'certificate'>

const ratingColumn = (movies: string) =>
  `(select array[sum, count] from film_ratings where movie_id = ${movies}.id) as rating`
/** The columns of a `MovieRow`, of the table by this name. */
export const rowColumns = (movies: string) =>
  `${movies}.id, ${movies}.version, ${movies}.film, ${movies}.popularity, ${ratingColumn(movies)}`
export const summaryColumns = (movies: string) => `${movies}.id, ${movies}.summary, ${ratingColumn(movies)}`

export function summaryOf(film: Film): FilmSummary {
  const { title, year, releaseDate, runtimeMinutes, genres, certificate } = film
  return { title, year, releaseDate, runtimeMinutes, genres, certificate }
}

export function presentSummary({ id, summary, rating }: SummaryRow): MovieSummary {
  return { id, ...summary, posterUrl: posterUrl(id), rating: presentRating(rating) }
}

function presentRating(rating: MovieRow['rating']): MovieSummary['rating'] {
  const [sum, count] = rating ?? [0, 0]
  return { average: count > 0 ? sum / 2 / count : null, count }
}

export function presentMovie(row: MovieRow): Movie {
  const { film } = row
  return {
    ...presentSummary({ ...row, summary: summaryOf(film) }),
    originalTitle: film.originalTitle,
    overview: film.overview,
    cast: film.cast,
    directors: film.directors,
    languages: film.languages,
    countries: film.countries,
    externalIds: film.externalIds,
    ...(film.trailerUrl ? { trailerUrl: film.trailerUrl } : {}),
    version: row.version,
  }
}

export const posterUrl = (id: string) => `/posters/${id}.svg`

/** The fields in one order with clean text, so that equal films are equal JSON that PostgreSQL accepts. */
export function tidyFilm(film: Film): Film {
  const tidy: Film = {
    title: film.title,
    originalTitle: film.originalTitle,
    year: film.year,
    releaseDate: film.releaseDate,
    runtimeMinutes: film.runtimeMinutes,
    genres: [...new Set(film.genres)],
    certificate: film.certificate,
    overview: film.overview,
    cast: film.cast,
    directors: film.directors,
    languages: film.languages,
    countries: film.countries,
    externalIds: tidyIds(film.externalIds),
    ...(film.trailerUrl ? { trailerUrl: film.trailerUrl } : {}),
  }
  return JSON.parse(JSON.stringify(tidy, cleanText))
}

function tidyIds({ imdb, tmdb, wikipedia }: Film['externalIds']): Film['externalIds'] {
  return { ...(imdb ? { imdb } : {}), ...(tmdb ? { tmdb } : {}), ...(wikipedia ? { wikipedia } : {}) }
}

// jsonb refuses NUL and half a surrogate pair.
function cleanText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value
}

export function sameFilm(one: Film, other: Film): boolean {
  return JSON.stringify(tidyFilm(one)) === JSON.stringify(tidyFilm(other))
}

/** What a source tells is taken over; what it leaves out is kept. */
export function mergeFilm(known: Film, told: Film): Film {
  const list = (mine: string[], theirs: string[]) => (theirs.length > 0 ? theirs : mine)
  return tidyFilm({
    title: told.title,
    originalTitle: told.originalTitle ?? known.originalTitle,
    year: told.year ?? known.year,
    releaseDate: told.releaseDate ?? known.releaseDate,
    runtimeMinutes: told.runtimeMinutes ?? known.runtimeMinutes,
    genres: list(known.genres, told.genres),
    certificate: told.certificate ?? known.certificate,
    overview: told.overview || known.overview,
    cast: list(known.cast, told.cast),
    directors: list(known.directors, told.directors),
    languages: list(known.languages, told.languages),
    countries: list(known.countries, told.countries),
    externalIds: { ...known.externalIds, ...told.externalIds },
    trailerUrl: told.trailerUrl ?? known.trailerUrl,
  })
}
