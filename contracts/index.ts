import type { Contract } from '@marquee/kit/contract'
import { bookingContract } from './booking.ts'
import { identityContract } from './identity.ts'
import { moviesContract } from './movies.ts'
import { notificationsContract } from './notifications.ts'
import { operationsContract } from './operations.ts'
import { paymentsContract } from './payments.ts'
import { recommendationsContract } from './recommendations.ts'
import { reviewsContract } from './reviews.ts'
import { theatersContract } from './theaters.ts'
import { watchlistContract } from './watchlist.ts'

export {
  bookingContract,
  identityContract,
  moviesContract,
  notificationsContract,
  operationsContract,
  paymentsContract,
  recommendationsContract,
  reviewsContract,
  theatersContract,
  watchlistContract,
}

/** Every service's contract: the whole API. */
export const contracts: readonly Contract[] = [
  identityContract,
  moviesContract,
  theatersContract,
  bookingContract,
  paymentsContract,
  notificationsContract,
  reviewsContract,
  watchlistContract,
  recommendationsContract,
  operationsContract,
]
