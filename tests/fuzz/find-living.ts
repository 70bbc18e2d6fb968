import { client, person } from '../harness/client.ts'
import type { Living } from './from-schema.ts'

type Item = { id: string }

/** Ids and values that exist in a demo, by the names of the fields they fit. */
export async function findLiving(origin: string): Promise<Living> {
  const ask = client(origin)
  const list = async (path: string) =>
    ((await ask('GET', path)).body.items ?? []) as (Item & Record<string, unknown>)[]
  const owner = await person(origin, 'owner@marquee.example')
  const alice = await person(origin, 'alice@marquee.example')
  const [movies, theaters, shows] = await Promise.all([
    list('/api/movies?limit=50'),
    list('/api/theaters'),
    list('/api/shows?limit=50'),
  ])
  const detail = (await ask('GET', `/api/shows/${shows[0]?.id}`)).body as {
    layoutId: string
    prices: { ticketType: string; zone: string }[]
  }
  const layout = (await ask('GET', `/api/layouts/${detail.layoutId}`)).body as { seats: Item[] }
  const screens = await Promise.all(
    theaters.map(async (theater) => (await ask('GET', `/api/theaters/${theater.id}`)).body.screens as Item[]),
  )
  const cards = await Promise.all(
    theaters.map(
      async (theater) =>
        ((await owner('GET', `/api/theaters/${theater.id}/price-cards`)).body.items ?? []) as Item[],
    ),
  )
  const orders: Item[] = []
  const tickets: Item[] = []
  for (const show of shows.slice(0, 6)) {
    const held = await alice('POST', '/api/orders', {
      body: { showId: show.id, bestAvailable: { tickets: [{ ticketType: 'adult', count: 2 }] } },
    })
    if (held.status !== 201) continue
    orders.push({ id: String(held.body.id) })
    const paid = await alice('POST', `/api/orders/${held.body.id}/payment`, {
      body: { method: 'sandbox', card: '4242424242424242' },
    })
    for (const ticket of (paid.body.tickets ?? []) as Item[]) tickets.push(ticket)
  }
  const ids = (items: readonly Item[]) => items.map((item) => item.id)
  const seats = ids(layout.seats).slice(0, 80)
  return {
    movieId: ids(movies),
    theaterId: ids(theaters),
    showId: ids(shows),
    screenId: ids(screens.flat()),
    priceCardId: ids(cards.flat()),
    layoutId: [detail.layoutId],
    orderId: ids(orders),
    ticketId: ids(tickets),
    userId: [alice.id, owner.id],
    seatId: seats,
    ticketType: detail.prices.map((price) => price.ticketType),
    key: detail.prices.map((price) => price.ticketType),
    zone: detail.prices.map((price) => price.zone),
    provider: ['sandbox'],
    timeZone: ['Europe/Berlin', 'America/Chicago'],
    currency: ['EUR', 'USD'],
    method: ['sandbox'],
    card: ['4242424242424242', '4000000000000002', '4000000000000259'],
    tickets: [ids(tickets).slice(0, 1)],
  }
}
