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
const holder: readonly Person[] = ['holder']
const holderAndAdmin: readonly Person[] = ['holder', 'admin']
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
  // reviews
  'PUT /api/movies/:movieId/rating': signedIn,
  'GET /api/movies/:movieId/rating': signedIn,
  'DELETE /api/movies/:movieId/rating': signedIn,
  'GET /api/movies/:movieId/ratings': everybody,
  'POST /api/movies/:movieId/reviews': signedIn,
  'GET /api/movies/:movieId/reviews': everybody,
  'GET /api/movies/:movieId/reviews/mine': signedIn,
  'GET /api/reviews/:reviewId': everybody,
  'PATCH /api/reviews/:reviewId': holder,
  'DELETE /api/reviews/:reviewId': holderAndAdmin,
  'GET /api/reviews/:reviewId/comments': everybody,
  'POST /api/reviews/:reviewId/comments': signedIn,
  'DELETE /api/comments/:commentId': holderAndAdmin,
  'PUT /api/reviews/:reviewId/like': signedIn,
  'DELETE /api/reviews/:reviewId/like': signedIn,
  'POST /api/reviews/:reviewId/reports': signedIn,
  'GET /api/moderation/reports': admin,
  'POST /api/moderation/reports/:reportId': admin,
  'GET /api/diary': signedIn,
  'POST /api/diary': signedIn,
  'PATCH /api/diary/:diaryId': holder,
  'DELETE /api/diary/:diaryId': holder,
  'GET /api/people/:handle': everybody,
  'GET /api/people/:handle/reviews': everybody,
  'GET /api/people/:handle/diary': everybody,
  'GET /api/people/:handle/followers': everybody,
  'GET /api/people/:handle/following': everybody,
  'GET /api/people/:handle/follow': signedIn,
  'PUT /api/people/:handle/follow': signedIn,
  'DELETE /api/people/:handle/follow': signedIn,
  'GET /api/feed': signedIn,
  'POST /api/me/import': signedIn,
  'GET /api/me/imports': signedIn,
  'GET /api/me/imports/:importId': holder,
  'GET /api/me/imports/:importId/films': holder,
  'POST /api/me/imports/:importId/matches': holder,
  'GET /api/me/export/letterboxd.zip': signedIn,
  'GET /api/me/export/imdb-ratings.csv': signedIn,
  'GET /api/me/export/imdb-watchlist.csv': signedIn,
  'GET /api/me/export/community.json': signedIn,
  // watchlist
  'GET /api/watchlist': signedIn,
  'GET /api/watchlist/:movieId': signedIn,
  'PUT /api/watchlist/:movieId': signedIn,
  'DELETE /api/watchlist/:movieId': signedIn,
  'GET /api/me/home': signedIn,
  'PUT /api/me/home': signedIn,
  // recommendations
  'GET /api/recommendations': everybody,
  // notifications
  'GET /api/notifications': signedIn,
  'PUT /api/notifications/:notificationId/read': signedIn,
  'POST /api/notifications/read-all': signedIn,
  'GET /api/notifications/preferences': signedIn,
  'PUT /api/notifications/preferences': signedIn,
  'GET /api/dev/outbox': everybody,
  'GET /api/dev/outbox/:mailId': everybody,
  // operations
  'GET /api/operations/dead-letters': admin,
  'GET /api/operations/dead-letters/:group/:eventId': admin,
  'POST /api/operations/dead-letters/:group/:eventId/replay': admin,
  'POST /api/operations/dead-letters/:group/replay': admin,
  'DELETE /api/operations/dead-letters/:group/:eventId': admin,
}
