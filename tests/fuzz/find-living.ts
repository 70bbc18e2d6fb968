import { client, person } from '../harness/client.ts'
import { buy, type House, inDays, made, openHouse, openShow } from '../harness/house.ts'
import { findCommunity } from './find-community.ts'
import type { Living } from './from-schema.ts'

type Item = { id: string }

/** A fresh theater with shows and orders, and the ids and values that exist beside it, by the fields they fit. */
export async function findLiving(origin: string): Promise<Living> {
  const ask = client(origin)
  const items = async (path: string, by = ask) =>
    (await made<{ items: Item[] }>(by('GET', path))).items.map(({ id }) => id)
  const [owner, alice, staff] = await Promise.all(
    ['owner', 'alice', 'staff'].map((name) => person(origin, `${name}@marquee.example`)),
  )
  if (!owner || !alice || !staff) throw new Error('the demo has no people')
  const movies = await items('/api/movies?limit=20')
  const house = await openHouse(owner, { movieId: movies[0] ?? '', layout: layouts[0] ?? '' })
  await made(owner('PUT', `/api/theaters/${house.id}/people/${staff.id}`, { body: { role: 'staff' } }))
  const shows = [house.showId, ...(await moreShows(owner, house, movies))]
  const email = 'guest@people.example'
  const orders = await Promise.all(
    shows.flatMap((showId) => [
      buy(alice, showId),
      buy(alice, showId, { pay: false }),
      buy(ask, showId, { email }),
      buy(ask, showId, { email, pay: false }),
    ]),
  )
  const tickets = orders.flatMap((order) => order.tickets ?? [])
  const show = await made<{ layoutId: string }>(ask('GET', `/api/shows/${house.showId}`))
  const layout = await made<{ seats: Item[] }>(ask('GET', `/api/layouts/${show.layoutId}`))
  return {
    movieId: movies,
    theaterId: [house.id, house.id, ...(await items('/api/theaters'))],
    showId: [...shows, ...(await items('/api/shows?limit=5'))],
    showIds: [shows],
    screenId: [house.screenId],
    priceCardId: [house.priceCardId],
    layoutId: [show.layoutId],
    orderId: orders.map(({ id }) => id),
    ticketId: tickets.map(({ id }) => id),
    code: tickets.map(({ code }) => code),
    secret: [orders.flatMap(({ secret }) => secret ?? []).join(' ')],
    tickets: [tickets.slice(0, 1).map(({ id }) => id)],
    userId: [alice.id, owner.id, staff.id],
    mailId: await items('/api/dev/outbox'),
    notificationId: await items('/api/notifications', alice),
    seatId: layout.seats.map(({ id }) => id),
    localStart: Array.from({ length: 40 }, (_, at) => `${inDays(8 + at)}T${10 + (at % 12)}:15`),
    date: [house.day],
    ...(await findCommunity(movies, alice, owner)),
    ...words,
  }
}

const layouts = [Array.from({ length: 20 }, (_, row) => `R${row + 1}: 1-20`).join('\n'), 'A: 1-10 _ 11-20']

/** Values that fit but name nothing of a person's: whoever fuzzes must not lock the demo's people out. */
const words = {
  layout: layouts,
  email: Array.from({ length: 50 }, (_, at) => `fuzz-${at}@people.example`),
  password: ['a password for fuzzing'],
  ticketType: ['adult'],
  key: ['adult', 'child'],
  zone: ['standard'],
  provider: ['sandbox'],
  timeZone: ['Europe/Berlin', 'America/Chicago'],
  currency: ['EUR'],
  dayStartsAt: ['05:00'],
  near: ['52.5,13.4'],
  method: ['sandbox'],
  card: ['4242424242424242', '4000000000000002', '4000000000000259', '4000000000003220'],
  trailerUrl: ['https://example.org/trailer'],
  cursor: [undefined],
}

function moreShows(
  owner: Parameters<typeof openShow>[0],
  { id, screenId, priceCardId }: House,
  movies: readonly string[],
): Promise<string[]> {
  // Days apart: a film that was made up here may run for 25 hours.
  const days = [10, 13, 16].map((ahead) => `${inDays(ahead)}T21:00`)
  const movieId = movies[1] ?? movies[0] ?? ''
  return Promise.all(
    days.map((localStart) => openShow(owner, id, { screenId, movieId, localStart, priceCardId })),
  )
}
