import type { WebApi } from '../../src/web-context.ts'
import { everything } from '../api/load.ts'
import type { MovieSummary, Show } from '../api/types.ts'
import { hang } from '../art/poster/index.ts'
import { addDays, cinemaToday } from '../util/dates.ts'

/** A film's shows in one theater. */
export type ByTheater = { theaterId: string; theaterName: string; shows: Show[] }
/** One row of the programme. */
export type FilmRow = { film: MovieSummary; variant: number; theaters: ByTheater[] }

/** The shows of a day as rows: the film with the soonest show first, its times by theater. */
export async function rowsOf(api: WebApi, shows: Show[]): Promise<FilmRow[]> {
  const ids = [...new Set(shows.map((show) => show.movieId))]
  const films = await Promise.all(ids.map((movieId) => api.movies.attempt.getMovie({ movieId })))
  const known = new Map(
    films.flatMap((film) => (film.ok ? [[film.value.id, summary(film.value)] as const] : [])),
  )
  // A show outlives its film's entry: it is listed under the name it was sold with.
  const inOrder = ids.map((id) => known.get(id) ?? nameless(id, shows))
  const variants = hang(inOrder)
  return inOrder.map((film, at) => ({
    film,
    variant: variants[at] ?? 0,
    theaters: byTheater(shows.filter((show) => show.movieId === film.id)),
  }))
}

export function byTheater(shows: Show[]): ByTheater[] {
  const groups = new Map<string, ByTheater>()
  for (const show of shows) {
    const group = groups.get(show.theaterId) ?? {
      theaterId: show.theaterId,
      theaterName: show.theaterName,
      shows: [],
    }
    group.shows.push(show)
    groups.set(show.theaterId, group)
  }
  return [...groups.values()]
}

type Where = { theaterId?: string; movieId?: string; near?: string; radiusKm?: number }

export const showsOn = (api: WebApi, date: string, where: Where): Promise<Show[]> =>
  everything((cursor) => api.theaters.listShows({ ...where, date, limit: 100, cursor }))

/** The strip of days on offer: from the earliest `today` among the theaters, two weeks on. */
export function daysFrom(timeZones: string[], now: Date): string[] {
  const todays = (timeZones.length > 0 ? timeZones : ['UTC']).map((zone) => cinemaToday(zone, now)).sort()
  const first = todays[0] ?? cinemaToday('UTC', now)
  return Array.from({ length: 14 }, (_, at) => addDays(first, at))
}

function summary({
  id,
  title,
  year,
  releaseDate,
  runtimeMinutes,
  genres,
  certificate,
  posterUrl,
  rating,
}: MovieSummary) {
  return { id, title, year, releaseDate, runtimeMinutes, genres, certificate, posterUrl, rating }
}

function nameless(id: string, shows: Show[]): MovieSummary {
  const show = shows.find((one) => one.movieId === id)
  return {
    id,
    title: show?.movieTitle ?? '',
    year: null,
    releaseDate: null,
    runtimeMinutes: show?.runtimeMinutes ?? null,
    genres: [],
    certificate: null,
    posterUrl: '',
    rating: { average: null, count: 0 },
  }
}
