import type { bookingContract } from '@marquee/contracts/booking'
import type { identityContract } from '@marquee/contracts/identity'
import type { moviesContract } from '@marquee/contracts/movies'
import type { notificationsContract } from '@marquee/contracts/notifications'
import type { recommendationsContract } from '@marquee/contracts/recommendations'
import type { reviewsContract } from '@marquee/contracts/reviews'
import type { theatersContract } from '@marquee/contracts/theaters'
import type { watchlistContract } from '@marquee/contracts/watchlist'
import type { Methods } from '@marquee/kit/contract'

/** The services' typed clients, already bound to whoever asked for the page. */
export type WebApi = {
  booking: Methods<typeof bookingContract.endpoints>
  identity: Methods<typeof identityContract.endpoints>
  movies: Methods<typeof moviesContract.endpoints>
  notifications: Methods<typeof notificationsContract.endpoints>
  recommendations: Methods<typeof recommendationsContract.endpoints>
  reviews: Methods<typeof reviewsContract.endpoints>
  theaters: Methods<typeof theatersContract.endpoints>
  watchlist: Methods<typeof watchlistContract.endpoints>
}

/** What a page may use: the services as the visitor may see them, and where the site lives. */
export type WebContext = {
  api: WebApi
  /** Scheme and host without a trailing slash, for canonical links and the sitemap. */
  origin: string
  /** Whether the demo ribbon is shown. */
  demo: boolean
  /** Marks every inline script of this answer. */
  nonce?: string
}
