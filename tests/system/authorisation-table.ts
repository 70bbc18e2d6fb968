/**
 * Who may do what, written by hand and on purpose not derived from the contract: a wrong declaration must fail
 * here. `yes` lists who gets past the door; everybody else is turned away with 401 (nobody known) or 403.
 */
export const people = [
  'nobody', // no account, no secret
  'guest with another secret', // holds the secret of somebody else's order
  'guest', // holds the secret of the order in question
  'other user', // has an account, nothing to do with the resource
  'holder', // the person whose resource it is
  'staff elsewhere',
  'owner elsewhere',
  'staff', // of the theater in question
  'owner', // of the theater in question
  'admin',
] as const
export type Person = (typeof people)[number]

const everybody: readonly Person[] = people
const signedIn: readonly Person[] = [
  'other user',
  'holder',
  'staff elsewhere',
  'owner elsewhere',
  'staff',
  'owner',
  'admin',
]
const owner: readonly Person[] = ['owner']
const staff: readonly Person[] = ['staff', 'owner']
const admin: readonly Person[] = ['admin']
const buyer: readonly Person[] = ['guest', 'holder']
const buyerAndStaff: readonly Person[] = ['guest', 'holder', 'staff', 'owner']

export const table: Readonly<Record<string, readonly Person[]>> = {
  // identity
  'POST /api/auth/register': everybody,
  'POST /api/auth/login': everybody,
  'POST /api/auth/refresh': everybody,
  'POST /api/auth/logout': everybody,
  'POST /api/me/sessions/end': signedIn,
  'GET /api/auth/jwks.json': everybody,
  'POST /api/auth/password/forgot': everybody,
  'POST /api/auth/password/reset': everybody,
  'POST /api/auth/verify-email': everybody,
  'GET /api/me': signedIn,
  'PATCH /api/me': signedIn,
  'PUT /api/me/password': signedIn,
  'GET /api/me/export': signedIn,
  'DELETE /api/me': signedIn,
  'GET /api/me/factors': signedIn,
  'POST /api/me/factors/totp': signedIn,
  'POST /api/me/factors/totp/confirm': signedIn,
  'DELETE /api/me/factors/totp': signedIn,
  // movies
  'GET /api/movies': everybody,
  'GET /api/genres': everybody,
  'GET /api/movies/suggest': everybody,
  'GET /api/movies/top-rated': everybody,
  'GET /api/movies/trending': everybody,
  'GET /api/movies/:movieId': everybody,
  'POST /api/movies': admin,
  'POST /api/movies/import': admin,
  'PATCH /api/movies/:movieId': admin,
  'DELETE /api/movies/:movieId': admin,
  // theaters
  'GET /api/theaters': everybody,
  'GET /api/theaters/:theaterId': everybody,
  'POST /api/theaters': signedIn,
  'PATCH /api/theaters/:theaterId': owner,
  'DELETE /api/theaters/:theaterId': owner,
  'POST /api/theaters/:theaterId/restore': owner,
  'GET /api/theaters/:theaterId/people': owner,
  'POST /api/theaters/:theaterId/people': owner,
  'PUT /api/theaters/:theaterId/people/:userId': owner,
  'DELETE /api/theaters/:theaterId/people/:userId': owner,
  'POST /api/layouts/preview': signedIn,
  'GET /api/layouts/:layoutId': everybody,
  'POST /api/theaters/:theaterId/screens': owner,
  'PATCH /api/theaters/:theaterId/screens/:screenId': owner,
  'DELETE /api/theaters/:theaterId/screens/:screenId': owner,
  'GET /api/theaters/:theaterId/ticket-types': everybody,
  'POST /api/theaters/:theaterId/ticket-types': owner,
  'DELETE /api/theaters/:theaterId/ticket-types/:key': owner,
  'GET /api/theaters/:theaterId/price-cards': staff,
  'POST /api/theaters/:theaterId/price-cards': owner,
  'PATCH /api/theaters/:theaterId/price-cards/:priceCardId': owner,
  'DELETE /api/theaters/:theaterId/price-cards/:priceCardId': owner,
  'GET /api/shows': everybody,
  'GET /api/shows/:showId': everybody,
  'POST /api/theaters/:theaterId/shows': owner,
  'POST /api/theaters/:theaterId/shows/copy-day': owner,
  'GET /api/theaters/:theaterId/shows': staff,
  'PATCH /api/shows/:showId': owner,
  'DELETE /api/shows/:showId': owner,
  'GET /api/me/theaters': signedIn,
  // booking
  'GET /api/shows/:showId/seats': everybody,
  'POST /api/orders': everybody,
  'GET /api/orders': signedIn,
  'POST /api/orders/find': everybody,
  'GET /api/orders/:orderId': buyerAndStaff,
  'POST /api/orders/:orderId/open': ['guest'],
  'PATCH /api/orders/:orderId': buyer,
  'POST /api/orders/:orderId/extend': buyer,
  'DELETE /api/orders/:orderId': buyer,
  'POST /api/orders/:orderId/payment': buyer,
  'POST /api/orders/:orderId/refund': buyerAndStaff,
  'GET /api/orders/:orderId/calendar.ics': buyerAndStaff,
  'GET /api/tickets/:ticketId': buyerAndStaff,
  'GET /api/tickets/:ticketId/qr.svg': buyerAndStaff,
  // A door asks with a code; a ticket of another theater is refused below, by what the code says.
  'POST /api/check-in': staff,
  'POST /api/check-in/batch': staff,
  'GET /api/check-in/manifest': staff,
  'GET /api/check-in/keys': everybody,
  'GET /api/theaters/:theaterId/sales': owner,
  'GET /api/shows/:showId/cancellation': owner,
  // payments: a webhook is let in by its signature, not by who carries it
  'POST /api/payments/webhooks/:provider': everybody,
  'GET /api/payments/ledger': admin,
  // notifications
  'GET /api/notifications': signedIn,
  'PUT /api/notifications/:notificationId/read': signedIn,
  'GET /api/notifications/preferences': signedIn,
  'PUT /api/notifications/preferences': signedIn,
  'GET /api/dev/outbox': everybody,
  'GET /api/dev/outbox/:mailId': everybody,
}
