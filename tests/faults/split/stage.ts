import type { Database } from '@marquee/kit/sql'
import { openBooks } from '../../harness/books.ts'
import { type Ask, client, person } from '../../harness/client.ts'
import { type EngineName, type Engines, openEngines } from '../../harness/engines.ts'
import {
  type Account,
  type House,
  inDays,
  made,
  newcomer,
  openHouse,
  openShow,
  password,
  rows,
  until,
} from '../../harness/house.ts'
import { type Split, startSplit } from '../../harness/split.ts'
import type { Crowd } from '../buyer.ts'
import type { Random } from '../random.ts'
import { installTap } from './tap.ts'

/** A split that runs, a house on it, and people with patience. */
export type Stage = {
  split: Split
  engines: Engines
  random: Random
  house: House
  crowd: Crowd
  /** PostgreSQL as its superuser, past every wire. */
  books: Database
  films: readonly string[]
  admin: Ask
  raters: readonly (Ask & { id: string })[]
  /** Signs everybody in anew: sessions outlive faults, access tokens are short. */
  signIn: () => Promise<void>
  newShow: () => Promise<string>
  marquee: () => Pick<Split, 'data' | 'origin'>
  end: () => Promise<void>
}

/** How long a person waits for one answer. */
export const patience = 6000
const raterCount = 6
// Each rating that nobody answered takes one from those who rate until all is judged: there must be enough for a long outage.
const filmCount = 90

const splitEnvironment = {
  PAYMENTS_FIRST_CHECK_SECONDS: '1',
  PAYMENTS_PROVIDER_TIMEOUT_MS: '3000',
  IDENTITY_ACCESS_MINUTES: '60',
}

export async function openStage(random: Random, wanted: readonly EngineName[] = []): Promise<Stage> {
  const engines = await openEngines(wanted)
  const split = await startSplit({ ...splitEnvironment, ...engines.env }).catch(async (error: unknown) => {
    await engines.remove()
    throw error
  })
  try {
    return await furnish({ split, engines, random })
  } catch (error) {
    await split.stop()
    await engines.remove()
    throw error
  }
}

async function furnish({
  split,
  engines,
  random,
}: Pick<Stage, 'split' | 'engines' | 'random'>): Promise<Stage> {
  const { origin } = split
  await Promise.all(gatewaysOf({ split }).map(everybodyFound))
  const owner = await newcomer(origin, 'owner')
  const admin = await person(origin, 'admin@marquee.example', undefined, patience)
  const newFilm = async (at: number) =>
    (await made(admin('POST', '/api/movies', { body: { title: `Film for faults ${at}` } }))).id
  const films: string[] = []
  for (let at = 0; at < filmCount; at++) films.push(await newFilm(at))
  const people: Account[] = []
  for (let at = 0; at < raterCount; at++) people.push(await newcomer(origin, `rater ${at}`))
  const house = await openHouse(owner, { movieId: films[0] ?? '', layout: rows(40, 25) })
  const books = openBooks(split)
  await installTap(books)
  let days = 8
  const stage: Stage = {
    split,
    engines,
    random,
    house,
    books,
    films,
    admin,
    raters: people,
    crowd: {
      origin,
      patience,
      usher: owner,
      open: async () => {},
      pause: () => new Promise((resolve) => setTimeout(resolve, 50 + random() * 100)),
    },
    async signIn() {
      stage.admin = await person(origin, 'admin@marquee.example', undefined, patience)
      stage.crowd.usher = await person(origin, owner.email, password, patience)
      stage.raters = await Promise.all(people.map(({ email }) => person(origin, email, password, patience)))
    },
    newShow: () =>
      openShow(stage.crowd.usher, house.id, {
        screenId: house.screenId,
        movieId: films[0] ?? '',
        localStart: `${inDays(days++)}T20:00`,
        priceCardId: house.priceCardId,
      }),
    marquee: () => split,
    async end() {
      await books.close()
      await split.stop()
      await engines.remove()
    },
  }
  return stage
}

const nobody = { email: 'nobody@people.example', password: 'nobody has this one' }

/** Where processes find each other, a gateway may be open a moment before it has found all of them. */
async function everybodyFound(gateway: Ask): Promise<void> {
  const answers = async () => [
    await gateway('POST', '/api/auth/login', { body: nobody }),
    await gateway('GET', '/api/movies?limit=1'),
    await gateway('GET', '/api/orders'),
    await gateway('GET', `/api/movies/${crypto.randomUUID()}/ratings`),
    await gateway('GET', `/api/shows/${crypto.randomUUID()}/seats`),
  ]
  await until(async () => (await answers()).every(({ status }) => status < 500), 30)
}

/** Both gateways, each at its own address. */
export const gatewaysOf = ({ split }: Pick<Stage, 'split'>): Ask[] =>
  ['gateway-1', 'gateway-2'].map((name) => client(split.part(name).address, {}, patience))
