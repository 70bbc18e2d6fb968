import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { moviesContract } from '@marquee/contracts/movies'
import { fail, reply } from '@marquee/kit/contract'
import { type Booted, bootService, neighbour, person } from '@marquee/kit/testing'
import { theaters } from '../src/index.ts'

export type Service = Booted<typeof theaters.contract.endpoints>

/** Films and their minutes, as movies would tell. */
export const films = {
  short: '00000000-0000-4000-8000-000000000001',
  long: '00000000-0000-4000-8000-000000000002',
}
const known = new Map([
  [films.short, { title: 'Sherlock Jr.', runtimeMinutes: 45 }],
  [films.long, { title: 'Seven Samurai', runtimeMinutes: 207 }],
])

export type World = {
  /** Taken seats by show, as booking would tell. */
  taken: Map<string, string[]>
  /** Accounts by address, as identity would tell. */
  accounts: Map<string, string>
  bookingAway: boolean
  /** Shows of which booking was asked to sell nothing for now. */
  resting: Set<string>
  /** What happens while booking is asked. */
  beforeRest?: () => Promise<unknown>
  now: Temporal.Instant
}

/** The service with neighbours whose answers a test sets. */
export async function bootTheaters() {
  const world: World = {
    taken: new Map(),
    accounts: new Map(),
    bookingAway: false,
    resting: new Set(),
    now: Temporal.Now.instant(),
  }
  const service = await bootService(theaters, {
    clock: { now: () => world.now },
    neighbours: [
      neighbour(moviesContract, {
        getMovie: ({ movieId }: { movieId: string }) => {
          const film = known.get(movieId)
          return film ? movie(movieId, film) : fail('not-found')
        },
      }),
      neighbour(bookingContract, {
        seatsLeft: ({ showIds }: { showIds: string[] }) =>
          world.bookingAway
            ? fail('unavailable')
            : {
                items: showIds.flatMap((showId) => {
                  const seats = world.taken.get(showId)
                  return seats ? [{ showId, capacity: 20, left: 20 - seats.length }] : []
                }),
              },
        soldSeats: async ({ showIds, restSeconds }: { showIds: string[]; restSeconds: number }) => {
          await world.beforeRest?.()
          if (restSeconds > 0) for (const id of showIds) world.resting.add(id)
          return { items: showIds.map((showId) => ({ showId, seats: world.taken.get(showId) ?? [] })) }
        },
        resumeSales: ({ showIds }: { showIds: string[] }) => {
          for (const id of showIds) world.resting.delete(id)
          return reply(204, undefined)
        },
      }),
      neighbour(identityContract, {
        findUsers: ({ ids, emails }: { ids: string[]; emails: string[] }) => ({
          items: [...world.accounts]
            .filter(([email, id]) => ids.includes(id) || emails.includes(email))
            .map(([email, id]) => ({ id, email, name: email, handle: 'somebody' })),
        }),
      }),
    ],
  })
  return { service, world }
}

function movie(id: string, film: { title: string; runtimeMinutes: number }) {
  return {
    ...film,
    id,
    version: 1,
    year: null,
    releaseDate: null,
    genres: [],
    certificate: null,
    posterUrl: '',
    rating: { average: null, count: 0 },
    originalTitle: null,
    overview: '',
    cast: [],
    directors: [],
    languages: [],
    countries: [],
    externalIds: {},
  }
}

type Plans = {
  timeZone?: string
  location?: { lat: number; lon: number } | null
  name?: string
  city?: string
}

/** An open cinema with one screen of two rows, two ticket types and one price card. */
export async function openCinema(service: Service, plans: Plans = {}) {
  const owner = person()
  const theater = await service.as(owner).createTheater({
    name: 'Corner Cinema',
    address: '1 Main Street',
    city: 'Berlin',
    country: 'Germany',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    ...plans,
  })
  const theaterId = theater.id
  const screen = await service
    .as(owner)
    .createScreen({ theaterId, name: 'Screen 1', layout: 'A: 1-10\nB: 1-10' })
  await service.as(owner).createTicketType({ theaterId, key: 'adult', name: 'Adult' })
  const card = await service.as(owner).createPriceCard({
    theaterId,
    name: 'Every day',
    prices: [{ zone: 'standard', ticketType: 'adult', price: { amount: 1200, currency: 'EUR' } }],
  })
  return { owner, theaterId, screenId: screen.id, layoutId: screen.layoutId, cardId: card.id }
}

/** A day a month ahead, so that no clock change is near; `daysLater` for the days after it. */
export function someDay(daysLater = 0, timeZone = 'Europe/Berlin'): string {
  const today = Temporal.Now.zonedDateTimeISO(timeZone).toPlainDate()
  return today.add({ days: 3 + daysLater }).toString()
}

/** The wall time of the next time the clocks in a zone skip or repeat an hour, half an hour into it. */
export function nextClockChange(kind: 'skipped' | 'repeated', timeZone = 'Europe/Berlin'): string {
  let at = Temporal.Now.zonedDateTimeISO(timeZone)
  for (let tries = 0; tries < 4; tries += 1) {
    const change = at.getTimeZoneTransition('next')
    if (!change) break
    const before = change.subtract({ nanoseconds: 1 })
    const skips = change.offsetNanoseconds > before.offsetNanoseconds
    if (skips && kind === 'skipped') return wallTime(before.toPlainDateTime().add({ minutes: 30 }))
    if (!skips && kind === 'repeated') return wallTime(change.toPlainDateTime().add({ minutes: 30 }))
    at = change
  }
  throw new Error(`${timeZone} does not change its clocks`)
}

const wallTime = (time: Temporal.PlainDateTime) => time.round('minute').toString({ smallestUnit: 'minute' })

export type Cinema = Awaited<ReturnType<typeof openCinema>>

/** What an owner sends to put the short film on in the cinema's first screen. */
export const showWish = (cinema: Cinema, localStart: string, more: object = {}) => ({
  theaterId: cinema.theaterId,
  screenId: cinema.screenId,
  movieId: films.short,
  localStart,
  ...more,
})
