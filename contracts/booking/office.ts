import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Money, SeatId, ShowId, TheaterId } from '../common.ts'

/** Bytes that take so many shows, each named twice beside a number. */
const bytesOf = (shows: number): number => shows * 120

/** The owner's figures of some days, a row a show. */
export const showSales = endpoint({
  method: 'GET',
  path: '/api/theaters/:theaterId/sales',
  summary: 'Sold seats, capacity and takings of each show',
  access: ['owner'],
  params: z.object({ theaterId: TheaterId }),
  query: z.object({ from: z.iso.date(), to: z.iso.date().optional() }),
  responses: {
    200: z.object({
      items: z.array(
        z.object({
          showId: ShowId,
          capacity: z.int(),
          sold: z.int(),
          held: z.int(),
          admitted: z.int(),
          takings: Money,
          orders: z.int(),
          /** Tickets that were given back, or that ended with a cancelled show, and what for them is paid back. */
          refunded: z.int(),
          givenBack: Money,
        }),
      ),
    }),
  },
})
/** How many tickets and how much money cancelling a show touches. */
export const cancellationPreview = endpoint({
  method: 'GET',
  path: '/api/shows/:showId/cancellation',
  summary: 'What cancelling this show would touch',
  access: ['owner'],
  params: z.object({ showId: ShowId }),
  responses: { 200: z.object({ tickets: z.int(), orders: z.int(), holds: z.int(), money: Money }) },
})
export const seatsLeft = endpoint({
  method: 'POST',
  path: '/internal/booking/seats-left',
  summary: 'Free seats of many shows',
  access: ['service'],
  maxBytes: bytesOf(5000),
  body: z.object({ showIds: z.array(ShowId).max(5000) }),
  responses: {
    200: z.object({ items: z.array(z.object({ showId: ShowId, capacity: z.int(), left: z.int() })) }),
  },
})
/**
 * With `restSeconds` nothing of these shows is sold from then on, so that the answer stays true while their seats are
 * changed: until booking hears facts newer than those it has now, is told to go on, or the time is over. `rest` names
 * the rest, so that the end of another one does not end it, and says how far theaters is with each show: where booking
 * is not as far, news still on their way would end the rest too early, so it answers `not-heard-yet` and nothing rests.
 */
export const soldSeats = endpoint({
  method: 'POST',
  path: '/internal/booking/sold-seats',
  summary: 'Seats sold, held or being paid in upcoming shows',
  access: ['service'],
  maxBytes: bytesOf(5000),
  body: z.object({
    showIds: z.array(ShowId).max(5000),
    restSeconds: z.int().min(0).max(600).default(0),
    rest: z.object({ id: z.uuid(), versions: z.record(ShowId, z.int()) }).optional(),
  }),
  responses: {
    200: z.object({ items: z.array(z.object({ showId: ShowId, seats: z.array(SeatId) })) }),
    409: problem('not-heard-yet', { shows: z.array(ShowId) }),
  },
})
/** Their seats were not changed after all. Ends the rest of that id; without one, a rest that has none. */
export const resumeSales = endpoint({
  method: 'POST',
  path: '/internal/booking/resume-sales',
  summary: 'Sell seats of shows again whose sales rest',
  access: ['service'],
  maxBytes: bytesOf(5000),
  body: z.object({ showIds: z.array(ShowId).max(5000), restId: z.uuid().optional() }),
  responses: { 204: nothing },
})
/** For the demo: confirmed orders without a payment, on an empty database only. */
export const seedOrders = endpoint({
  method: 'POST',
  path: '/internal/booking/seed',
  summary: 'Fill a show for the demo',
  access: ['service'],
  timeoutMs: 30_000,
  body: z.object({ showId: ShowId, leave: z.int().min(0) }),
  responses: { 200: z.object({ sold: z.int() }) },
})
