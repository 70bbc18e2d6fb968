import type { Metrics } from '@marquee/kit/telemetry'

export type BookingMetrics = {
  batch: (size: number) => void
  held: (outcome: string) => void
  confirmed: (tickets: number) => void
  declined: () => void
  expired: (orders: number) => void
  refunded: (tickets: number, reason: string) => void
  scanned: (result: string) => void
}

/** One function a business event, so that the names stay in one place. */
export function createBookingMetrics(metrics: Metrics): BookingMetrics {
  const batches = metrics.histogram(
    'marquee_booking_batch_size',
    'Holds committed together',
    [],
    [1, 2, 4, 8, 16, 32, 64, 128, 256],
  )
  const holds = metrics.counter('marquee_booking_holds_total', 'Holds asked for, by outcome', ['outcome'])
  const tickets = metrics.counter('marquee_booking_tickets_total', 'Tickets issued')
  const declined = metrics.counter('marquee_booking_payments_declined_total', 'Payments that failed')
  const expired = metrics.counter('marquee_booking_orders_expired_total', 'Orders whose time ran out')
  const refunds = metrics.counter('marquee_booking_refunds_total', 'Tickets refunded, by reason', ['reason'])
  const scans = metrics.counter('marquee_booking_scans_total', 'Tickets scanned, by result', ['result'])
  return {
    batch: (size) => batches.observe(size),
    held: (outcome) => holds.inc({ outcome }),
    confirmed: (count) => tickets.inc({}, count),
    declined: () => declined.inc(),
    expired: (orders) => expired.inc({}, orders),
    refunded: (count, reason) => refunds.inc({ reason }, count),
    scanned: (result) => scans.inc({ result }),
  }
}

export const silentMetrics: BookingMetrics = {
  batch: () => {},
  held: () => {},
  confirmed: () => {},
  declined: () => {},
  expired: () => {},
  refunded: () => {},
  scanned: () => {},
}
