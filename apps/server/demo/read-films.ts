import { readFileSync } from 'node:fs'
import type { importMovies } from '@marquee/contracts/movies'
import type { InputOf } from '@marquee/kit/contract'

export type DemoFilm = InputOf<typeof importMovies>['movies'][number] & {
  year: number
  runtimeMinutes: number
  genres: string[]
  languages: string[]
  popularity: number
}

/** The demo's films from `films.txt`: facts in one line, our own words in the next. */
export function readFilms(): DemoFilm[] {
  const text = readFileSync(new URL('films.txt', import.meta.url), 'utf8')
  return text
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('#')))
    .filter((lines) => lines.length > 0)
    .map(readFilm)
}

function readFilm([facts = '', overview = '']: string[]): DemoFilm {
  const parts = facts.split(' | ')
  if (parts.length !== 11 || overview === '') throw new Error(`films.txt: cannot read "${facts}"`)
  const [
    title = '',
    releaseDate = '',
    minutes,
    genres,
    directors,
    cast,
    languages,
    countries,
    certificate,
    imdb,
    liked,
  ] = parts
  return {
    title,
    year: Number(releaseDate.slice(0, 4)),
    releaseDate,
    runtimeMinutes: Number(minutes),
    genres: list(genres),
    directors: list(directors),
    cast: list(cast),
    languages: list(languages),
    countries: list(countries),
    certificate: certificate === '-' ? null : certificate,
    externalIds: imdb && imdb !== '-' ? { imdb } : {},
    overview,
    popularity: Number(liked),
  }
}

const list = (text = '') => text.split(', ').filter(Boolean)
