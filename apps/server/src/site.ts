import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { moviesContract } from '@marquee/contracts/movies'
import { notificationsContract } from '@marquee/contracts/notifications'
import { recommendationsContract } from '@marquee/contracts/recommendations'
import { reviewsContract } from '@marquee/contracts/reviews'
import { theatersContract } from '@marquee/contracts/theaters'
import { watchlistContract } from '@marquee/contracts/watchlist'
import type { RenderPage } from '@marquee/gateway'
import { type Client, type Contract, type Endpoints, seenHeader } from '@marquee/kit/contract'
import { type RequestContext, runWithContext } from '@marquee/kit/telemetry'
import { createWeb, publicPageAt } from '@marquee/web'

export type SiteDeps = {
  connect: <Of extends Endpoints>(contract: Contract<string, Of>) => Client<Of>
  origin: string
  demo: boolean
}

/** The built web app as the gateway hosts it: its loaders use the typed clients like everybody else. */
export async function createSite({ connect, origin, demo }: SiteDeps) {
  const web = await createWeb()
  const clients = {
    booking: connect(bookingContract),
    identity: connect(identityContract),
    movies: connect(moviesContract),
    notifications: connect(notificationsContract),
    recommendations: connect(recommendationsContract),
    reviews: connect(reviewsContract),
    theaters: connect(theatersContract),
    watchlist: connect(watchlistContract),
  }
  const render: RenderPage = async (request, { caller, correlationId, nonce }) => {
    const context: RequestContext = { correlationId }
    const response = await runWithContext(context, () =>
      web.handle(request, {
        api: {
          booking: clients.booking.as(caller),
          identity: clients.identity.as(caller),
          movies: clients.movies.as(caller),
          notifications: clients.notifications.as(caller),
          recommendations: clients.recommendations.as(caller),
          reviews: clients.reviews.as(caller),
          theaters: clients.theaters.as(caller),
          watchlist: clients.watchlist.as(caller),
        },
        origin,
        demo,
        nonce,
      }),
    )
    if (context.seen !== undefined) response.headers.set(seenHeader, context.seen)
    return response
  }
  return {
    assetsDirectory: web.assetsDirectory,
    pages: {
      render,
      publicPageAt,
      cacheSeconds: 3,
    },
  }
}
