import { foldTitle } from '@marquee/kit/search'
import type { Database } from '@marquee/kit/sql'
import type { MovieRecord } from './film.ts'
import { comparedTitle, contradicts } from './match-film.ts'

export type WantedFilm = {
  key: string
  title: string
  year: number | null
  imdb?: string | undefined
  tmdb?: string | undefined
}
export type FilmMatch = { key: string; movieId: string | null; candidates: string[] }

type Deps = {
  db: Database
  suggest: (q: string, wish: { limit: number }) => Promise<readonly { id: string }[]>
  /** The years of films, in one question. */
  years: (ids: readonly string[]) => Promise<ReadonlyMap<string, number | null>>
}

const mostCandidates = 5
// Of the few connections this service has, an import leaves some for those who browse.
const askedAtOnce = 2

/**
 * Which of our films those of somebody else's list are: by external id, else by title and year (one year off is
 * usual between catalogues), where no external id contradicts. What is not certain comes with candidates, the
 * likeliest first.
 */
export function createFindMatches({ db, suggest, years }: Deps) {
  return async (films: readonly WantedFilm[]): Promise<FilmMatch[]> => {
    const known = await findLike(db, films)
    const byTitle = Map.groupBy(known, ({ film }) => comparedTitle(film.title))
    const like = (film: WantedFilm) => [
      ...new Set([...withItsId(known, film), ...(byTitle.get(comparedTitle(film.title)) ?? [])]),
    ]
    const certain = new Map(
      films.flatMap((film) => {
        const one = certainOf(film, like(film))
        return one ? [[film.key, one.id]] : []
      }),
    )
    const doubtful = films.filter(({ key }) => !certain.has(key))
    const alike = await suggestionsFor(doubtful)
    return films.map((film) => ({
      key: film.key,
      movieId: certain.get(film.key) ?? null,
      candidates: certain.has(film.key) ? [] : candidatesOf(film, like(film), alike.get(asked(film)) ?? []),
    }))
  }

  /** What is called like these films, each title asked once, a few at a time. */
  async function suggestionsFor(films: readonly WantedFilm[]): Promise<Map<string, Dated[]>> {
    const found = new Map<string, readonly { id: string }[]>()
    const titles = new Set(films.map(asked)).values()
    const worker = async () => {
      for (const title of titles) found.set(title, await suggest(title, { limit: mostCandidates }))
    }
    await Promise.all(Array.from({ length: askedAtOnce }, worker))
    const ids = [...new Set([...found.values()].flat().map(({ id }) => id))]
    const dates = ids.length > 0 ? await years(ids) : new Map<string, number | null>()
    return new Map(
      [...found].map(([title, some]) => [
        title,
        // One that is gone since it was indexed has no date here.
        some.flatMap(({ id }) => (dates.has(id) ? [{ id, year: dates.get(id) ?? null }] : [])),
      ]),
    )
  }
}

type Dated = { id: string; year: number | null }

const asked = ({ title }: WantedFilm): string => title.slice(0, 100)

function certainOf(film: WantedFilm, like: readonly MovieRecord[]): MovieRecord | undefined {
  const { imdb, tmdb } = film
  const agrees = (ours: MovieRecord) => !contradicts(ours.film.externalIds, { imdb, tmdb })
  const [one, ...others] = withItsId(like, film)
  // Its ids may name two of ours, or one of ours by the first and not by the second.
  if (one) return others.length === 0 && agrees(one) ? one : undefined
  return byYear(like.filter(agrees), film)
}

function withItsId(known: readonly MovieRecord[], { imdb, tmdb }: WantedFilm): MovieRecord[] {
  return known.filter(
    ({ film: { externalIds } }) =>
      (imdb !== undefined && externalIds.imdb === imdb) || (tmdb !== undefined && externalIds.tmdb === tmdb),
  )
}

function candidatesOf(film: WantedFilm, like: readonly MovieRecord[], alike: readonly Dated[]): string[] {
  const all = [...like.map(({ id, film: { year } }) => ({ id, year })), ...alike]
  const distance = ({ year }: Dated) =>
    film.year === null || year === null ? 50 : Math.abs(year - film.year)
  if (like.length > 0) all.sort((a, b) => distance(a) - distance(b))
  return [...new Set(all.map(({ id }) => id))].slice(0, mostCandidates)
}

function byYear(named: readonly MovieRecord[], wanted: WantedFilm): MovieRecord | undefined {
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
