import { setTimeout as pause } from 'node:timers/promises'
import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import { moviesContract } from '@marquee/contracts/movies'
import { reviewsContract } from '@marquee/contracts/reviews'
import { theatersContract } from '@marquee/contracts/theaters'
import { watchlistContract } from '@marquee/contracts/watchlist'
import { systemClock } from '@marquee/kit/service'
import { type DemoReport, seedDemo } from '../demo/seed-demo.ts'
import type { OpenHost } from './open-host.ts'

/** Fills an empty database with the demo; extends the demo's programme to two weeks from today. */
export function seed({ host }: OpenHost): Promise<DemoReport> {
  const connect = host.connectAs('demo')
  return seedDemo({
    movies: connect(moviesContract),
    theaters: connect(theatersContract),
    booking: connect(bookingContract),
    identity: connect(identityContract),
    reviews: connect(reviewsContract),
    watchlist: connect(watchlistContract),
    clock: systemClock,
    pause,
  })
}
