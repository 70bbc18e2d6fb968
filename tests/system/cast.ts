import { type Ask, client, person } from '../harness/client.ts'
import {
  type Account,
  buy,
  type House,
  made,
  newcomer,
  openHouse,
  password,
  until,
} from '../harness/house.ts'
import type { Person } from './authorisation-table.ts'

export type Cast = {
  origin: string
  /** Asks as that person: guests with the secret that is theirs. */
  as: (who: Person, secret?: string) => Ask
  passwordOf: (who: Person) => string
  logIn: (who: Person) => Promise<void>
  extra: Account
  here: House
  elsewhere: House
  movieId: string
  /** An order of the guest or the holder, at the theater in question. */
  order: (whose: 'guest' | 'holder', options?: { pay?: boolean }) => ReturnType<typeof buy>
}

const accounts = ['other user', 'holder', 'staff elsewhere', 'owner elsewhere', 'staff', 'owner'] as const

/** Everybody of the table, with two theaters: theirs, and one elsewhere. */
export async function prepareCast(origin: string): Promise<Cast> {
  const nobody = client(origin)
  const known = new Map<Person, { email: string; password: string; ask: Ask; id: string }>()
  for (const who of accounts) {
    const account = await newcomer(origin, who)
    known.set(who, { email: account.email, password, ask: account, id: account.id })
  }
  const chief = await person(origin, 'admin@marquee.example')
  known.set('admin', { email: 'admin@marquee.example', password: 'marquee-demo', ask: chief, id: chief.id })
  const who = (name: Person) => {
    const found = known.get(name)
    if (!found) throw new Error(`${name} has no account`)
    return found
  }
  const { items } = await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))
  const movieId = items[0]?.id ?? ''
  const [here, elsewhere] = [
    await openHouse(who('owner').ask, { movieId }),
    await openHouse(who('owner elsewhere').ask, { movieId }),
  ]
  await hire(who('owner').ask, here.id, who('staff').id)
  await hire(who('owner elsewhere').ask, elsewhere.id, who('staff elsewhere').id)
  // Booking keeps its own copy of who works where.
  await until(async () => (await who('staff').ask('GET', manifest(here))).status === 200)
  await until(async () => (await who('staff elsewhere').ask('GET', manifest(elsewhere))).status === 200)
  const stranger = await buy(nobody, here.showId, { email: 'stranger@people.example', pay: false })

  return {
    origin,
    as(name, secret) {
      if (name === 'nobody') return nobody
      if (name === 'guest with another secret') return client(origin, { 'x-order-secret': stranger.secret })
      if (name === 'guest') return secret ? client(origin, { 'x-order-secret': secret }) : nobody
      return who(name).ask
    },
    passwordOf: (name) => known.get(name)?.password ?? password,
    async logIn(name) {
      const one = known.get(name)
      if (one) known.set(name, { ...one, ask: await person(origin, one.email, one.password) })
    },
    extra: await newcomer(origin, 'extra'),
    here,
    elsewhere,
    movieId,
    order: (whose, options = {}) =>
      whose === 'guest'
        ? buy(nobody, here.showId, { email: 'guest@people.example', ...options })
        : buy(who('holder').ask, here.showId, options),
  }
}

const manifest = (house: House): string => `/api/check-in/manifest?showId=${house.showId}`

/** Gives somebody a role at a theater. */
export const hire = (owner: Ask, theaterId: string, userId: string, role = 'staff') =>
  made(owner('PUT', `/api/theaters/${theaterId}/people/${userId}`, { body: { role } }))
