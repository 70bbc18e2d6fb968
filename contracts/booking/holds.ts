import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Channel, Email, LayoutId, SeatId, ShowId, TicketTypeKey, Zone } from '../common.ts'
import { Order } from './orders.ts'
import { byOrder, orphanSeat, seatsTaken, seatsWish } from './parts.ts'

const BestAvailable = z.object({
  tickets: z
    .array(z.object({ ticketType: TicketTypeKey, count: z.int().min(1).max(10) }))
    .min(1)
    .max(10),
  zone: Zone.optional(),
  wheelchairSpaces: z.int().min(0).max(4).default(0),
})
export const CreateOrder = z
  .object({
    showId: ShowId,
    seats: seatsWish.optional(),
    bestAvailable: BestAvailable.optional(),
    email: Email.optional(),
    channel: Channel.default('online'),
  })
  .refine((order) => (order.seats === undefined) !== (order.bestAvailable === undefined), {
    message: 'give either seats or bestAvailable',
    path: ['seats'],
  })
export const getSeats = endpoint({
  method: 'GET',
  path: '/api/shows/:showId/seats',
  summary: 'Which seats are taken, or what changed since a version',
  access: ['anyone'],
  params: z.object({ showId: ShowId }),
  query: z.object({ since: z.coerce.number().int().min(0).optional() }),
  responses: {
    200: z.object({
      version: z.int(),
      layout: LayoutId.optional(),
      from: z.int().optional(),
      taken: z.array(SeatId),
      freed: z.array(SeatId).optional(),
      /** Said once nothing more of the show will be sold. */
      cancelled: z.literal(true).optional(),
    }),
    304: nothing,
  },
})
export const createOrder = endpoint({
  method: 'POST',
  path: '/api/orders',
  summary: 'Hold seats',
  access: ['anyone'],
  idempotent: true,
  limit: 'booking',
  body: CreateOrder,
  responses: {
    201: Order,
    409: [seatsTaken, orphanSeat, problem('not-enough-seats')],
    410: problem('sales-closed'),
    429: problem('too-many-holds'),
  },
})
export const swapSeats = endpoint({
  method: 'PATCH',
  path: '/api/orders/:orderId',
  summary: 'Swap seats; a refusal keeps the old ones',
  access: ['holder', 'secret'],
  limit: 'booking',
  params: byOrder,
  body: z.object({ seats: seatsWish }),
  responses: {
    200: Order,
    409: [
      seatsTaken,
      orphanSeat,
      problem('hold-expired'),
      problem('payment-in-progress'),
      problem('order-final'),
    ],
    410: problem('sales-closed'),
  },
})
export const extendHold = endpoint({
  method: 'POST',
  path: '/api/orders/:orderId/extend',
  summary: 'Hold the seats longer, once',
  access: ['holder', 'secret'],
  params: byOrder,
  responses: {
    200: Order,
    409: [
      problem('already-extended'),
      problem('hold-expired'),
      problem('payment-in-progress'),
      problem('order-final'),
    ],
  },
})
export const releaseOrder = endpoint({
  method: 'DELETE',
  path: '/api/orders/:orderId',
  summary: 'Let the seats go at once',
  access: ['holder', 'secret'],
  params: byOrder,
  responses: { 204: nothing, 409: [problem('payment-in-progress'), problem('order-final')] },
})
