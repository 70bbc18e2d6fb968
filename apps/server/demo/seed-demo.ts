import type { bookingContract } from '@marquee/contracts/booking'
import type { identityContract } from '@marquee/contracts/identity'
import type { moviesContract } from '@marquee/contracts/movies'
import type { ShowDetail, theatersContract } from '@marquee/contracts/theaters'
import type { Client } from '@marquee/kit/contract'
import type { Clock } from '@marquee/kit/service'
import { demoAccounts, demoPassword } from '../src/demo-accounts.ts'
import { cinemaSeeds, houses } from './cinemas.ts'
import { type ProgrammeFilm, planDay } from './programme.ts'
import { readFilms } from './read-films.ts'
import { type CommunityClients, membersOf, seedCommunity } from './seed-community.ts'
import { type NextShow, nextShow } from './soon.ts'

export type DemoClients = {
  movies: Client<typeof moviesContract.endpoints>
  theaters: Client<typeof theatersContract.endpoints>
  booking: Client<typeof bookingContract.endpoints>
  identity: Client<typeof identityContract.endpoints>
} & CommunityClients
export type DemoOptions = DemoClients & {
  clock: Clock
  /** Waits while booking has not heard of a show yet. */
  pause?: (milliseconds: number) => Promise<unknown>
  onStep?: (step: string) => void
}
export type DemoReport = {
  films: number
  theaters: number
  shows: number
  /** Written just now. */
  reviews: number
  /** The show that starts soon and is nearly full. */
  tonight: {
    showId: string
    movieTitle: string
    theaterName: string
    screenName: string
    startsAt: string
    seatsLeft: number
  } | null
}

const daysAhead = 14
const seatsToLeave = 9
const mostTries = 80

/** Fills Marquee with films, cinemas, people and two weeks of shows from now; what is there already stays as it is. */
export async function seedDemo(options: DemoOptions): Promise<DemoReport> {
  const { clock, onStep = () => {} } = options
  const [accounts, films] = await Promise.all([seedPeople(options), seedFilms(options)])
  const people = workers(accounts)
  onStep(`${films.length} films`)
  const theaters = await seedTheaters(options, people)
  onStep(`${theaters.length} theaters`)
  const now = clock.now()
  const soon = await nextShow(options, { theaters, films, now })
  const { created } = await options.theaters.asService().scheduleShows({
    shows: theaters.flatMap((theater) => programmeOf(theater, films, now)),
  })
  onStep(`${created.length} shows`)
  const reviews = await seedCommunity(options, { people: membersOf(accounts), films })
  onStep(`${reviews} reviews`)
  const tonight = soon ? await fillShow(options, soon) : null
  return { films: films.length, theaters: theaters.length, shows: created.length, reviews, tonight }
}

type People = { userId: string; role: 'owner' | 'staff' }[]

type Accounts = { id: string; email: string }[]

async function seedPeople({ identity }: DemoClients): Promise<Accounts> {
  const { items } = await identity.asService().seedUsers({
    users: demoAccounts.map((account) => ({ ...account, password: demoPassword })),
  })
  return items
}

function workers(accounts: Accounts): People {
  return accounts.flatMap(({ id, email }): People => {
    const role = email.startsWith('owner@') ? 'owner' : email.startsWith('staff@') ? 'staff' : undefined
    return role ? [{ userId: id, role }] : []
  })
}

async function seedFilms({ movies }: DemoClients): Promise<ProgrammeFilm[]> {
  const films = readFilms()
  const { ids } = await movies.asService().importMovies({ movies: films })
  return films.flatMap((film, index) => {
    const id = ids[index]
    return id ? [{ ...film, id }] : []
  })
}

export type DemoTheater = {
  id: string
  name: string
  timeZone: string
  speaks: string
  screens: { id: string; name: string }[]
}

async function seedTheaters({ theaters }: DemoClients, people: People): Promise<DemoTheater[]> {
  const service = theaters.asService()
  const made = (await isUntouched(theaters, people))
    ? (await service.seedTheaters({ theaters: cinemaSeeds(people) })).items
    : []
  const found = await Promise.all(
    houses.map(async ({ theater }) => {
      const { items } = await service.listTheaters({ q: theater.name, limit: 100 })
      const known = items.find((item) => item.name === theater.name && item.city === theater.city)
      return known && made.length === 0 ? [await service.getTheater({ theaterId: known.id })] : []
    }),
  )
  return [...made, ...found.flat()].map(({ id, name, timeZone, screens }) => ({
    id,
    name,
    timeZone,
    screens,
    speaks: houses.find((house) => house.theater.name === name)?.speaks ?? 'en',
  }))
}

/** Nobody has opened a theater yet, nor closed the demo's to make this their own. */
async function isUntouched(theaters: DemoClients['theaters'], people: People): Promise<boolean> {
  if ((await theaters.asService().listTheaters({ limit: 1 })).items.length > 0) return false
  const owner = people.find((person) => person.role === 'owner')
  if (!owner) return true
  const caller = { kind: 'user' as const, userId: owner.userId, roles: ['user' as const] }
  return (await theaters.as(caller).myTheaters()).items.length === 0
}

function programmeOf(theater: DemoTheater, films: readonly ProgrammeFilm[], now: Temporal.Instant) {
  const today = now.toZonedDateTimeISO(theater.timeZone).toPlainDate()
  return theater.screens.flatMap((screen) =>
    Array.from({ length: daysAhead }, (_, offset) => today.add({ days: offset }).toString()).flatMap((day) =>
      planDay(day, { theater: theater.name, screen: screen.name, speaks: theater.speaks }, films).map(
        (show) => ({
          ...show,
          theaterId: theater.id,
          screenId: screen.id,
        }),
      ),
    ),
  )
}

/** Sells a show put on just now but for a few seats. Booking hears of shows by events, so it may need a moment. */
async function fillShow(options: DemoOptions, { showId, fresh }: NextShow): Promise<DemoReport['tonight']> {
  const { booking, theaters, pause = () => Promise.resolve() } = options
  const show = await theaters.asService().getShow({ showId })
  const { seats } = await theaters.asService().getLayout({ layoutId: show.layoutId })
  // Wheelchair spaces and their companions wait for those who need them; the others must find seats too.
  const kept = seats.filter(({ kind }) => kind === 'wheelchair' || kind === 'companion').length
  const leave = seatsToLeave + kept
  for (let tries = 0; fresh && tries < mostTries; tries += 1) {
    const filled = await booking.asService().attempt.seedOrders({ showId, leave })
    if (filled.ok) return told(show, show.seatsLeft - filled.value.sold)
    await pause(50)
  }
  return told(show, show.seatsLeft)
}

function told({ id, movieTitle, theaterName, screenName, startsAt }: ShowDetail, seatsLeft: number) {
  return { showId: id, movieTitle, theaterName, screenName, startsAt, seatsLeft }
}
