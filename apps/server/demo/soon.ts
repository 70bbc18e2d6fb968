import type { ProgrammeFilm } from './programme.ts'
import type { DemoClients, DemoTheater } from './seed-demo.ts'

type Given = { theaters: readonly DemoTheater[]; films: readonly ProgrammeFilm[]; now: Temporal.Instant }

/** A show about to start; `fresh` when it was put on for this. */
export type NextShow = { showId: string; fresh: boolean }

const soonest = { minutes: 10 }
const latest = { minutes: 30 }

/** A show that starts within half an hour; put on where cinemas are open when there is none. */
export async function nextShow(
  { theaters: client }: DemoClients,
  given: Given,
): Promise<NextShow | undefined> {
  const service = client.asService()
  const { items } = await service.listShows({ limit: 100 })
  const mine = new Set(given.theaters.map((theater) => theater.id))
  const inTime = items.find(
    (show) => mine.has(show.theaterId) && isBetween(Temporal.Instant.from(show.startsAt), given.now),
  )
  if (inTime) return { showId: inTime.id, fresh: false }
  for (const show of candidates(given)) {
    const { created } = await service.scheduleShows({ shows: [show] })
    if (created[0]) return { showId: created[0].id, fresh: true }
  }
  return undefined
}

function isBetween(start: Temporal.Instant, now: Temporal.Instant): boolean {
  return (
    Temporal.Instant.compare(start, now.add(soonest)) >= 0 &&
    Temporal.Instant.compare(start, now.add(latest)) <= 0
  )
}

/** A short favourite on every screen, the theaters whose evening it is first. */
function candidates({ theaters, films, now }: Given) {
  const film =
    films.find((one) => one.title === 'The Grand Budapest Hotel') ??
    films.toSorted((a, b) => a.runtimeMinutes - b.runtimeMinutes)[0]
  if (!film) return []
  // Programmes are printed in steps of five minutes: 20 to 25 minutes from now.
  const start = roundedUp(now.add({ minutes: 20 }))
  const awayFromEvening = ({ timeZone }: DemoTheater) => {
    const { hour, minute } = start.toZonedDateTimeISO(timeZone)
    const minutes = Math.abs(hour * 60 + minute - 19 * 60)
    return Math.min(minutes, 1440 - minutes)
  }
  return theaters
    .toSorted((a, b) => awayFromEvening(a) - awayFromEvening(b))
    .flatMap((theater) => {
      const local = start.toZonedDateTimeISO(theater.timeZone)
      const localStart = `${local.toPlainDateTime().toString({ smallestUnit: 'minute' })}${local.offset}`
      const subtitles = theater.speaks === 'en' ? null : theater.speaks
      return theater.screens.toReversed().map((screen) => ({
        theaterId: theater.id,
        screenId: screen.id,
        movieId: film.id,
        localStart,
        language: 'en',
        subtitles,
      }))
    })
}

function roundedUp(time: Temporal.Instant): Temporal.Instant {
  return time.round({ smallestUnit: 'minute', roundingIncrement: 5, roundingMode: 'ceil' })
}
