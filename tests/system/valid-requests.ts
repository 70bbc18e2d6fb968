import { randomUUID } from 'node:crypto'
import {
  type buy,
  inDays,
  made,
  newcomer,
  openShow,
  openTheater,
  password,
  prices,
} from '../harness/house.ts'
import type { Person } from './authorisation-table.ts'
import { type Cast, hire } from './cast.ts'
import { totp } from './totp.ts'
import { validForReviews } from './valid-requests-reviews.ts'

/** One attempt of one person at one route. */
export type Attempt = { who: Person; whose: 'guest' | 'holder'; cast: Cast }
export type Valid = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** The secret of the order in question. */
  secret?: string
  /** Answers besides a success that prove the door was passed. */
  also?: readonly number[]
}
export type Prepare = (attempt: Attempt) => Valid | Promise<Valid>

/** There is none of that id, which only who is let in is told. */
const deadLetter: Prepare = () => ({
  params: { group: 'booking.payments', eventId: randomUUID() },
  also: [404],
})
const name = () => `Saal ${randomUUID().slice(0, 8)}`
let nextDay = 10
const freshDay = () => {
  nextDay += 1
  return inDays(nextDay)
}

const order = (pay: boolean, rest: (order: Awaited<ReturnType<typeof buy>>) => Valid = () => ({})): Prepare =>
  async function forOrder({ cast, whose }) {
    const bought = await cast.order(whose, { pay })
    return { params: { orderId: bought.id }, secret: bought.secret, ...rest(bought) }
  }
const ticket: Prepare = async ({ cast, whose }) => {
  const { tickets, secret } = await cast.order(whose)
  return { params: { ticketId: tickets[0]?.id ?? '' }, secret }
}
const here: Prepare = ({ cast }) => ({ params: { theaterId: cast.here.id } })
const nothing: Prepare = () => ({})
const film: Prepare = ({ cast }) => ({ params: { movieId: cast.movieId } })
const screenWish = () => ({ name: name(), layout: 'A: 1-10\nB: 1-10' })

/** A theater of the same people, to be closed. */
const closable = async ({ cast }: Attempt): Promise<{ theaterId: string }> => {
  const owner = cast.as('owner')
  const { id } = await openTheater(owner)
  const staff = await made(cast.as('staff')('GET', '/api/me'))
  await hire(owner, id, staff.id)
  return { theaterId: id }
}
const screen: Prepare = async ({ cast }) => {
  const saved = await made(
    cast.as('owner')('POST', `/api/theaters/${cast.here.id}/screens`, { body: screenWish() }),
  )
  return { params: { theaterId: cast.here.id, screenId: saved.id } }
}
const priceCard: Prepare = async ({ cast }) => {
  const body = { name: name(), prices: prices() }
  const { id } = await made(cast.as('owner')('POST', `/api/theaters/${cast.here.id}/price-cards`, { body }))
  return { params: { theaterId: cast.here.id, priceCardId: id } }
}
const show: Prepare = async ({ cast }) => ({
  params: {
    showId: await openShow(cast.as('owner'), cast.here.id, {
      screenId: cast.here.screenId,
      movieId: cast.movieId,
      localStart: `${freshDay()}T18:00`,
      priceCardId: cast.here.priceCardId,
    }),
  },
})
const movie: Prepare = async ({ cast }) => {
  const { id } = await made(cast.as('admin')('POST', '/api/movies', { body: { title: name() } }))
  return { params: { movieId: id } }
}
const session: Prepare = async ({ cast }) => {
  const account = await newcomer(cast.origin, 'visitor')
  const { refreshToken } = await made<{ refreshToken: string }>(
    account('POST', '/api/auth/login', { body: { email: account.email, password, session: 'token' } }),
  )
  return { body: { refreshToken } }
}
const withBody =
  (prepare: Prepare, body: (attempt: Attempt) => unknown): Prepare =>
  async (attempt) => ({ ...(await prepare(attempt)), body: body(attempt) })
const ownPassword = ({ cast, who }: Attempt) => ({ password: cast.passwordOf(who) })

/** A request that is right in all but who sends it, by route; what it needs is made for it. */
export const valid: Readonly<Record<string, Prepare>> = {
  'POST /api/auth/register': () => ({
    body: { email: `${randomUUID()}@people.example`, password, name: 'Somebody', session: 'token' },
  }),
  'POST /api/auth/login': async ({ cast }) => ({
    body: { email: (await newcomer(cast.origin, 'visitor')).email, password, session: 'token' },
  }),
  'POST /api/auth/refresh': session,
  'POST /api/auth/logout': session,
  'POST /api/me/sessions/end': nothing,
  'GET /api/auth/jwks.json': nothing,
  'POST /api/auth/password/forgot': ({ cast }) => ({ body: { email: cast.extra.email } }),
  'POST /api/auth/password/reset': () => ({ body: { token: 'x'.repeat(43), password }, also: [410] }),
  'POST /api/auth/verify-email': () => ({ body: { token: 'x'.repeat(43) }, also: [410] }),
  'GET /api/me': nothing,
  'PATCH /api/me': () => ({ body: { preferences: { theme: 'dark' } } }),
  'PUT /api/me/password': ({ cast, who }) => ({
    body: { current: cast.passwordOf(who), password: cast.passwordOf(who) },
  }),
  'GET /api/me/export': nothing,
  'DELETE /api/me': (attempt) => ({
    body: ownPassword(attempt),
    // Whoever opened a theater on the way is its only owner.
    also: [409],
  }),
  'GET /api/me/factors': nothing,
  'POST /api/me/factors/totp': nothing,
  'POST /api/me/factors/totp/confirm': async ({ cast, who }) => {
    const { body } = await cast.as(who)('POST', '/api/me/factors/totp')
    return { body: { code: typeof body.secret === 'string' ? totp(body.secret) : '123456' } }
  },
  'DELETE /api/me/factors/totp': withBody(nothing, ownPassword),
  'GET /api/movies': nothing,
  'GET /api/genres': nothing,
  'GET /api/movies/suggest': () => ({ query: { q: 'grand' } }),
  'GET /api/movies/top-rated': nothing,
  'GET /api/movies/trending': nothing,
  'GET /api/movies/:movieId': ({ cast }) => ({ params: { movieId: cast.movieId } }),
  'POST /api/movies': () => ({ body: { title: name() } }),
  // Without a key of OMDb, whoever is let in is told so.
  'POST /api/movies/import': () => ({ body: { imdbId: 'tt0017136' }, also: [409] }),
  'PATCH /api/movies/:movieId': withBody(movie, () => ({ overview: 'A film.' })),
  'DELETE /api/movies/:movieId': movie,
  'GET /api/theaters': nothing,
  'GET /api/theaters/:theaterId': here,
  'POST /api/theaters': () => ({
    body: {
      name: 'Kino',
      address: 'Kai 2',
      city: 'Hamburg',
      country: 'Germany',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
    },
  }),
  'PATCH /api/theaters/:theaterId': withBody(here, () => ({ address: 'Kai 3' })),
  'DELETE /api/theaters/:theaterId': async (attempt) => ({ params: await closable(attempt) }),
  'POST /api/theaters/:theaterId/restore': async (attempt) => {
    const params = await closable(attempt)
    await made(attempt.cast.as('owner')('DELETE', `/api/theaters/${params.theaterId}`))
    return { params }
  },
  'GET /api/theaters/:theaterId/people': here,
  'POST /api/theaters/:theaterId/people': withBody(here, ({ cast }) => ({
    email: cast.extra.email,
    role: 'staff',
  })),
  'PUT /api/theaters/:theaterId/people/:userId': ({ cast }) => ({
    params: { theaterId: cast.here.id, userId: cast.extra.id },
    body: { role: 'staff' },
  }),
  'DELETE /api/theaters/:theaterId/people/:userId': async ({ cast }) => {
    await hire(cast.as('owner'), cast.here.id, cast.extra.id)
    return { params: { theaterId: cast.here.id, userId: cast.extra.id } }
  },
  'POST /api/layouts/preview': () => ({ body: { layout: 'A: 1-10' } }),
  'GET /api/layouts/:layoutId': async ({ cast }) => {
    const { layoutId } = await made<{ layoutId: string }>(
      cast.as('nobody')('GET', `/api/shows/${cast.here.showId}`),
    )
    return { params: { layoutId } }
  },
  'POST /api/theaters/:theaterId/screens': withBody(here, screenWish),
  'PATCH /api/theaters/:theaterId/screens/:screenId': withBody(screen, () => ({ cleaningMinutes: 20 })),
  'DELETE /api/theaters/:theaterId/screens/:screenId': screen,
  'GET /api/theaters/:theaterId/ticket-types': here,
  'POST /api/theaters/:theaterId/ticket-types': withBody(here, () => ({ key: 'child', name: 'Child' })),
  'DELETE /api/theaters/:theaterId/ticket-types/:key': async ({ cast }) => {
    const body = { key: 'senior', name: 'Senior' }
    await made(cast.as('owner')('POST', `/api/theaters/${cast.here.id}/ticket-types`, { body }))
    return { params: { theaterId: cast.here.id, key: 'senior' } }
  },
  'GET /api/theaters/:theaterId/price-cards': here,
  'POST /api/theaters/:theaterId/price-cards': withBody(here, () => ({ name: name(), prices: prices() })),
  'PATCH /api/theaters/:theaterId/price-cards/:priceCardId': withBody(priceCard, () => ({ name: name() })),
  'DELETE /api/theaters/:theaterId/price-cards/:priceCardId': priceCard,
  'GET /api/shows': nothing,
  'GET /api/shows/:showId': ({ cast }) => ({ params: { showId: cast.here.showId } }),
  'POST /api/theaters/:theaterId/shows': withBody(here, ({ cast }) => ({
    screenId: cast.here.screenId,
    movieId: cast.movieId,
    localStart: `${freshDay()}T18:00`,
    priceCardId: cast.here.priceCardId,
  })),
  'POST /api/theaters/:theaterId/shows/copy-day': withBody(here, ({ cast }) => ({
    from: cast.here.day,
    to: [freshDay()],
  })),
  'GET /api/theaters/:theaterId/shows': async (attempt) => ({
    ...(await here(attempt)),
    query: { from: attempt.cast.here.day },
  }),
  'PATCH /api/shows/:showId': withBody(show, () => ({ format: '70 mm' })),
  'DELETE /api/shows/:showId': show,
  'GET /api/me/theaters': nothing,
  'GET /api/shows/:showId/seats': ({ cast }) => ({ params: { showId: cast.here.showId } }),
  'POST /api/orders': ({ cast }) => ({
    body: {
      showId: cast.here.showId,
      bestAvailable: { tickets: [{ ticketType: 'adult', count: 2 }] },
      email: 'guest@people.example',
    },
  }),
  'GET /api/orders': nothing,
  'POST /api/orders/find': () => ({ body: { email: 'guest@people.example' } }),
  'GET /api/orders/:orderId': order(true),
  'POST /api/orders/:orderId/open': order(true),
  'PATCH /api/orders/:orderId': order(false, ({ seats }) => ({
    body: { seats: seats.map(({ seatId }) => ({ seatId, ticketType: 'adult' })) },
  })),
  'POST /api/orders/:orderId/extend': order(false),
  'DELETE /api/orders/:orderId': order(false),
  'POST /api/orders/:orderId/payment': order(false, () => ({
    body: { method: 'sandbox', card: '4242424242424242' },
  })),
  'POST /api/orders/:orderId/refund': order(true, () => ({ body: {} })),
  'GET /api/orders/:orderId/calendar.ics': order(true),
  'GET /api/tickets/:ticketId': ticket,
  'GET /api/tickets/:ticketId/qr.svg': ticket,
  'POST /api/check-in': async ({ cast, whose }) => ({
    body: { code: (await cast.order(whose)).tickets[0]?.code },
  }),
  'POST /api/check-in/batch': async ({ cast, whose }) => ({
    body: { scans: [{ code: (await cast.order(whose)).tickets[0]?.code, scanId: randomUUID() }] },
  }),
  'GET /api/check-in/manifest': ({ cast }) => ({ query: { showId: cast.here.showId } }),
  'GET /api/check-in/keys': nothing,
  'GET /api/theaters/:theaterId/sales': async (attempt) => ({
    ...(await here(attempt)),
    query: { from: attempt.cast.here.day },
  }),
  'GET /api/shows/:showId/cancellation': ({ cast }) => ({ params: { showId: cast.here.showId } }),
  'POST /api/payments/webhooks/:provider': () => ({ params: { provider: 'sandbox' }, body: {}, also: [400] }),
  'GET /api/payments/ledger': nothing,
  ...validForReviews,
  'GET /api/watchlist': nothing,
  'GET /api/watchlist/:movieId': film,
  'PUT /api/watchlist/:movieId': film,
  'DELETE /api/watchlist/:movieId': film,
  'GET /api/me/home': nothing,
  'PUT /api/me/home': () => ({
    body: { home: { label: 'Home', location: { lat: 52.5, lon: 13.4 }, radiusKm: 20 } },
  }),
  'GET /api/recommendations': nothing,
  'GET /api/notifications': nothing,
  // Nobody's: a stranger's is refused by name below.
  'PUT /api/notifications/:notificationId/read': () => ({
    params: { notificationId: randomUUID() },
    also: [404],
  }),
  'POST /api/notifications/read-all': nothing,
  'GET /api/notifications/preferences': nothing,
  'PUT /api/notifications/preferences': () => ({ body: { email: true, inApp: true } }),
  'GET /api/operations/dead-letters': nothing,
  'GET /api/operations/dead-letters/:group/:eventId': deadLetter,
  'POST /api/operations/dead-letters/:group/:eventId/replay': deadLetter,
  'POST /api/operations/dead-letters/:group/replay': () => ({ params: { group: 'booking.payments' } }),
  'DELETE /api/operations/dead-letters/:group/:eventId': deadLetter,
  'GET /api/dev/outbox': nothing,
  'GET /api/dev/outbox/:mailId': () => ({ params: { mailId: randomUUID() }, also: [404] }),
}
