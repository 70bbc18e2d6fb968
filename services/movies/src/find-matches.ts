import { foldTitle } from '@marquee/kit/search'
import type { Database } from '@marquee/kit/sql'
import type { MovieRecord } from './film.ts'

export type WantedFilm = {
  key: string
  title: string
  year: number | null
  imdb?: string | undefined
  tmdb?: string | undefined
}
export type FilmMatch = { key: string; movieId: string | null; candidates: string[] }

type Suggest = (q: string, most: number) => Promise<{ id: string; year: number | null }[]>

const mostCandidates = 5

/**
 * Which of our films those of somebody else's list are: by external id, else by title and year (one year off is
 * usual between catalogues). What is not certain comes with candidates, the likeliest first.
 */
export function createFindMatches({ db, suggest }: { db: Database; suggest: Suggest }) {
  return async (films: readonly WantedFilm[]): Promise<FilmMatch[]> => {
    const known = await findLike(db, films)
    const matches: FilmMatch[] = []
    for (const film of films) {
      const certain = byExternalId(known, film) ?? byTitle(known, film)
      matches.push({
        key: film.key,
        movieId: certain?.id ?? null,
        candidates: certain ? [] : await candidatesOf(film, known),
      })
    }
    return matches
  }

  async function candidatesOf(film: WantedFilm, known: readonly MovieRecord[]): Promise<string[]> {
    const named = known.filter((one) => foldTitle(one.film.title) === foldTitle(film.title))
    const alike = await suggest(film.title.slice(0, 100), mostCandidates)
    const all = [...named.map(({ id, film: { year } }) => ({ id, year })), ...alike]
    const distance = ({ year }: { year: number | null }) =>
      film.year === null || year === null ? 50 : Math.abs(year - film.year)
    const ids = new Set(
      named.length > 0 ? all.sort((a, b) => distance(a) - distance(b)).map(({ id }) => id) : [],
    )
    for (const { id } of all) ids.add(id)
    return [...ids].slice(0, mostCandidates)
  }
}

function byExternalId(known: readonly MovieRecord[], { imdb, tmdb }: WantedFilm): MovieRecord | undefined {
  return known.find(
    ({ film: { externalIds } }) =>
      (imdb !== undefined && externalIds.imdb === imdb) || (tmdb !== undefined && externalIds.tmdb === tmdb),
  )
}

function byTitle(known: readonly MovieRecord[], wanted: WantedFilm): MovieRecord | undefined {
  const named = known.filter(({ film }) => foldTitle(film.title) === foldTitle(wanted.title))
  for (const off of [0, 1]) {
    const close = named.filter(
      ({ film }) => film.year !== null && wanted.year !== null && Math.abs(film.year - wanted.year) <= off,
    )
    if (close.length === 1) return close[0]
    if (close.length > 1) return undefined
  }
  return undefined
}

async function findLike(db: Database, films: readonly WantedFilm[]): Promise<MovieRecord[]> {
  const { rows } = await db.query<MovieRecord>(
    `select id, version, film, popularity from movies where film -> 'externalIds' ->> 'imdb' = any($1::text[])
     union select id, version, film, popularity from movies where film -> 'externalIds' ->> 'tmdb' = any($2::text[])
     union select id, version, film, popularity from movies where folded_title = any($3::text[])`,
    [
      films.flatMap(({ imdb }) => imdb ?? []),
      films.flatMap(({ tmdb }) => tmdb ?? []),
      [...new Set(films.map(({ title }) => foldTitle(title)))],
    ],
  )
  return rows
}
