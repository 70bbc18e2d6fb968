import type { WebApi } from '../../src/web-context.ts'
import { everything } from '../api/load.ts'
import type { MovieSummary, Show } from '../api/types.ts'
import { hang } from '../art/poster/index.ts'
import { addDays, cinemaToday } from '../util/dates.ts'

/** A film's shows in one theater. */
export type ByTheater = { theaterId: string; theaterName: string; city?: string; shows: Show[] }
/** One row of the programme. */
export type FilmRow = { film: MovieSummary; variant: number; theaters: ByTheater[] }

/** The shows of a day as rows: the film with the soonest show first, its times by theater. */
export async function rowsOf(api: WebApi, shows: Show[], cities?: Cities): Promise<FilmRow[]> {
  const ids = [...new Set(shows.map((show) => show.movieId))]
  const known = await filmsOf(api, ids)
  // A show outlives its film's entry: it is listed under the name it was sold with.
  const inOrder = ids.map((id) => known.get(id) ?? nameless(id, shows))
  const variants = hang(inOrder)
  return inOrder.map((film, at) => ({
    film,
    variant: variants[at] ?? 0,
    theaters: byTheater(
      shows.filter((show) => show.movieId === film.id),
      cities,
    ),
  }))
}

/** As many films a call as one list may hold. */
async function filmsOf(api: WebApi, ids: string[]): Promise<Map<string, MovieSummary>> {
  const most = 100
  const lots = Array.from({ length: Math.ceil(ids.length / most) }, (_, at) =>
    ids.slice(at * most, (at + 1) * most),
  )
  const answers = await Promise.all(lots.map((lot) => api.movies.attempt.listMovies({ ids: lot.join(',') })))
  return new Map(
    answers.flatMap((answer) =>
      answer.ok ? answer.value.items.map((film) => [film.id, film] as const) : [],
    ),
  )
}

/** Where each theater is; empty when all of them are in one place, which then needs no saying. */
export type Cities = ReadonlyMap<string, string>

export const citiesOf = (theaters: readonly { id: string; city: string }[]): Cities =>
  new Map(
    new Set(theaters.map(({ city }) => city)).size > 1 ? theaters.map(({ id, city }) => [id, city]) : [],
  )

export function byTheater(shows: Show[], cities?: Cities): ByTheater[] {
  const groups = new Map<string, ByTheater>()
  for (const show of shows) {
    const group = groups.get(show.theaterId) ?? {
      theaterId: show.theaterId,
      theaterName: show.theaterName,
      city: cities?.get(show.theaterId),
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

export type Day = { date: string; name?: 'today' | 'tomorrow' }

/** The days on offer, two weeks from the first, and the chosen one wherever it lies. */
export function stripOf(first: string, today: string, chosen: string): Day[] {
  const dates = Array.from({ length: 14 }, (_, at) => addDays(first, at))
  if (!dates.includes(chosen)) dates.push(chosen)
  const names = new Map([
    [today, 'today'],
    [addDays(today, 1), 'tomorrow'],
  ] as const)
  return dates.sort().map((date) => ({ date, name: names.get(date) }))
}

/**
 * Which day a programme opens with: the one of the soonest show. In a chain across time zones that is somebody's
 * today, where one day has ended and the next not yet begun.
 */
export async function openingDay(
  api: WebApi,
  where: Where,
  timeZone: string,
  dayStartsAt?: string,
): Promise<Opening> {
  const now = new Date()
  const next = await api.theaters.listShows({ ...where, limit: 1 })
  const soonest = next.items[0]
  const today = cinemaToday(soonest?.timeZone ?? timeZone, now, dayStartsAt)
  return { today, first: soonest && soonest.day < today ? soonest.day : today, next: soonest?.day }
}

/**
 * What is on today, each theater by its own clock: an evening in Chicago and the next morning in Berlin are both
 * today. `date` is the day that most of these theaters have.
 */
export async function todaysShows(
  api: WebApi,
  theaters: readonly { id: string; timeZone: string }[],
  where: Where,
): Promise<{ date: string; shows: Show[] } | undefined> {
  const now = new Date()
  const days = theaters.map((theater) => cinemaToday(theater.timeZone, now))
  const distinct = [...new Set(days)]
  const count = (day: string) => days.filter((one) => one === day).length
  const [date] = distinct.toSorted((a, b) => count(b) - count(a) || a.localeCompare(b))
  if (!date) return undefined
  const shows = (await Promise.all(distinct.map((day) => showsOn(api, day, where)))).flat()
  const today = shows.filter((show) => show.day === cinemaToday(show.timeZone, now))
  return { date, shows: today.toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)) }
}

/** `next` is the day of the soonest show; undefined when none is planned. */
type Opening = { today: string; first: string; next: string | undefined }

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
