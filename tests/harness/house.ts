import { randomUUID } from 'node:crypto'
import { type Answer, type Ask, client, person } from './client.ts'

export type Account = Awaited<ReturnType<typeof person>> & { email: string }
export const password = 'a password for tests'

let opened = 0

/** Opens an account nobody had before. */
export async function newcomer(origin: string, name: string): Promise<Account> {
  opened += 1
  const email = `${name.replaceAll(' ', '-')}-${process.pid}-${opened}@people.example`
  await made(client(origin)('POST', '/api/auth/register', { body: { email, password, name } }))
  return Object.assign(await person(origin, email, password), { email })
}

/** The body of an answer that must be a success. */
export async function made<Body = { id: string }>(asked: Promise<Answer>): Promise<Body> {
  const answer = await asked
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`)
  return answer.body as Body
}

export type House = { id: string; screenId: string; priceCardId: string; showId: string; day: string }
export const rows = (count: number, seats = 20): string =>
  Array.from({ length: count }, (_, at) => `R${at + 1}: 1-${seats}`).join('\n')
export const prices = (amount = 1250) => [
  { zone: 'standard', ticketType: 'adult', price: { amount, currency: 'EUR' } },
]

/** A theater with one screen, one price and one show, by whoever asks; sold once booking knows of it. */
export async function openHouse(owner: Ask, wish: { movieId: string; layout?: string }): Promise<House> {
  const theater = await openTheater(owner)
  const screen = await made(
    owner('POST', `/api/theaters/${theater.id}/screens`, {
      body: { name: 'Screen 1', layout: wish.layout ?? rows(40) },
    }),
  )
  const card = await made(
    owner('POST', `/api/theaters/${theater.id}/price-cards`, {
      body: { name: 'Every day', prices: prices() },
    }),
  )
  const day = inDays(7)
  const show = await openShow(owner, theater.id, {
    screenId: screen.id,
    movieId: wish.movieId,
    localStart: `${day}T20:00`,
    priceCardId: card.id,
  })
  return { id: theater.id, screenId: screen.id, priceCardId: card.id, showId: show, day }
}

export async function openTheater(owner: Ask): Promise<{ id: string }> {
  const theater = await made(
    owner('POST', '/api/theaters', {
      body: {
        name: 'Kino am Hafen',
        address: 'Kai 1',
        city: 'Hamburg',
        country: 'Germany',
        timeZone: 'Europe/Berlin',
        currency: 'EUR',
      },
    }),
  )
  await made(
    owner('POST', `/api/theaters/${theater.id}/ticket-types`, { body: { key: 'adult', name: 'Adult' } }),
  )
  return theater
}

/** Puts a show on sale and waits until it can be bought. */
export async function openShow(
  owner: Ask,
  theaterId: string,
  body: { screenId: string; movieId: string; localStart: string; priceCardId: string },
): Promise<string> {
  const { id } = await made(owner('POST', `/api/theaters/${theaterId}/shows`, { body }))
  // After a start the whole programme of the demo stands in line before it.
  await until(async () => (await owner('GET', `/api/shows/${id}/cancellation`)).status === 200, 60)
  return id
}

export const inDays = (days: number): string => Temporal.Now.plainDateISO('UTC').add({ days }).toString()

/** Asks again until it is so. */
export async function until(isSo: () => Promise<boolean>, seconds = 15): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`was not so within ${seconds} s: ${isSo}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

type Bought = {
  id: string
  secret: string
  number: string
  seats: { seatId: string }[]
  tickets: { id: string; seatId: string; code: string }[]
}
export const card = { pays: '4242424242424242', declined: '4000000000000002' } as const

/** Two of the best seats, held, and paid unless told otherwise. */
export async function buy(
  ask: Ask,
  showId: string,
  { pay = true, email, count = 2 }: { pay?: boolean; email?: string; count?: number } = {},
): Promise<Bought> {
  const order = await made<Bought>(
    ask('POST', '/api/orders', {
      headers: { 'idempotency-key': randomUUID() },
      body: {
        showId,
        bestAvailable: { tickets: [{ ticketType: 'adult', count }] },
        ...(email ? { email } : {}),
      },
    }),
  )
  if (!pay) return order
  const paid = await made<{ tickets: Bought['tickets'] }>(
    ask('POST', `/api/orders/${order.id}/payment`, {
      body: { method: 'sandbox', card: card.pays },
      headers: {
        'idempotency-key': randomUUID(),
        ...(order.secret ? { 'x-order-secret': order.secret } : {}),
      },
    }),
  )
  return { ...order, tickets: paid.tickets }
}
