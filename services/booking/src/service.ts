import { bookingContract } from '@marquee/contracts/booking'
import { paymentsContract } from '@marquee/contracts/payments'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { composeBooking } from './compose.ts'
import { bookingConfig } from './config.ts'
import { createForgetOld } from './forget-old.ts'
import { liveSeatsRoute } from './live-seats.ts'
import { createBookingMetrics } from './metrics.ts'
import { onPayments } from './on-payments.ts'
import { onErasure, onPeople } from './on-people.ts'
import { onShows } from './on-shows.ts'
import { handOverCounterSales } from './order-store.ts'

export const booking = defineService({
  name: 'booking',
  contract: bookingContract,
  config: bookingConfig,
  migrations: new URL('../migrations/', import.meta.url),
  poolSize: 8,
  start: async ({ config, db, reads, events, live, flags, clock, ids, log, metrics, connect, origin }) => {
    const parts = await composeBooking({
      config,
      db,
      reads,
      events,
      live,
      flags,
      ids,
      log,
      origin,
      payments: connect(paymentsContract),
      metrics: createBookingMetrics(metrics),
      now: clock.now,
    })
    metrics.gauge(
      'marquee_booking_watchers',
      'Seat maps and checkouts that are open',
      [],
      parts.feed.watch.watchers,
    )

    return {
      implementation: parts.implementation,
      subscriptions: [onShows(parts.feed), onPeople(), onErasure(), onPayments({ settle: parts.settle })],
      jobs: [
        every('sweep-holds', { milliseconds: 500 }, parts.sweepHolds),
        every('carry-out-refunds', { milliseconds: 500 }, parts.carryOutRefunds),
        every('mail-order-links', { milliseconds: 500 }, parts.mailOrderLinks),
        every('wind-down-shows', { milliseconds: 500 }, parts.windDownShows),
        every('tell-moves', { milliseconds: 500 }, parts.tellMoves),
        every('end-silent-payments', { milliseconds: 10_000 }, parts.endSilentPayments),
        every('poll-seat-versions', { milliseconds: 1000, everywhere: true }, parts.feed.watch.poll),
        every('hand-over-counter-sales', { milliseconds: 60_000 }, () => handOverCounterSales(db)),
        every('forget-old', { milliseconds: 1_800_000 }, createForgetOld(db, config)),
      ],
      rawRoutes: liveSeatsRoute(parts.feed.watch),
      stop: async () => {
        await parts.idle()
        parts.feed.stop()
      },
    }
  },
})
