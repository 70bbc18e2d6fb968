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
  moviesAway: boolean
  /** Shows of which booking was asked to sell nothing for now, and by how many changes. */
  resting: Map<string, Set<string>>
  /** The version of a show of which booking heard last, where it is not the one theaters has. */
  heard: Map<string, number>
  /** What happens while booking is asked. */
  beforeRest?: () => Promise<unknown>
  /** What happens between booking's answer and the change. */
  afterRest?: (() => Promise<unknown>) | undefined
  now: Temporal.Instant
}

type RestWish = {
  showIds: string[]
  restSeconds: number
  rest?: { id: string; versions: Record<string, number> }
}

const restsOf = (world: World, showId: string) => new Set(world.resting.get(showId))

/** A guest buys a seat while the show is on sale; false when its sales rest. */
export function buySeat(world: World, showId: string, seat: string): boolean {
  if (world.resting.has(showId)) return false
  world.taken.set(showId, [...(world.taken.get(showId) ?? []), seat])
  return true
}

/** The service with neighbours whose answers a test sets. */
export async function bootTheaters() {
  const world: World = {
    taken: new Map(),
    accounts: new Map(),
    bookingAway: false,
    moviesAway: false,
    resting: new Map(),
    heard: new Map(),
    now: Temporal.Now.instant(),
  }
  const service = await bootService(theaters, {
    clock: { now: () => world.now },
    neighbours: [
      neighbour(moviesContract, {
        getMovie: ({ movieId }: { movieId: string }) => {
          if (world.moviesAway) return fail('unavailable')
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
        soldSeats: async ({ showIds, restSeconds, rest }: RestWish) => {
          await world.beforeRest?.()
          if (world.bookingAway) return fail('unavailable')
          const behind = showIds.filter((id) => (world.heard.get(id) ?? Infinity) < (rest?.versions[id] ?? 0))
          if (behind.length > 0) return fail('not-heard-yet', { shows: behind })
          if (restSeconds > 0)
            for (const id of showIds) world.resting.set(id, restsOf(world, id).add(rest?.id ?? 'unnamed'))
          const items = showIds.map((showId) => ({ showId, seats: world.taken.get(showId) ?? [] }))
          const { afterRest } = world
          world.afterRest = undefined
          await afterRest?.()
          return { items }
        },
        resumeSales: ({ showIds, restId = 'unnamed' }: { showIds: string[]; restId?: string }) => {
          for (const id of showIds) {
            const left = restsOf(world, id)
            left.delete(restId)
            if (left.size > 0) world.resting.set(id, left)
            else world.resting.delete(id)
          }
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
