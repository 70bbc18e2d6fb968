import { event } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  Email,
  Instant,
  LocalDate,
  MovieId,
  OrderId,
  ScreenId,
  ShowId,
  TicketId,
  UserId,
  Uuid,
} from '../common.ts'

export const orderExpired = event('order.expired.v1', z.object({ orderId: OrderId, version: z.int() }))
export const orderRefunded = event(
  'order.refunded.v1',
  z.object({
    orderId: OrderId,
    version: z.int(),
    tickets: z.array(TicketId),
    reason: z.enum(['requested', 'show-cancelled', 'seats-gone']),
  }),
)
/** When and where a show is, as its house says it. */
export const WhenAndWhere = z.object({
  startsAt: Instant,
  localStart: z.string(),
  screenId: ScreenId,
  screenName: z.string(),
})
export type WhenAndWhere = z.infer<typeof WhenAndWhere>
/**
 * The show of an order with tickets that count was moved. `before` is what its holder knew last; where it is now is asked
 * for when the mail is made. `showVersion` is the show's, and grows from one move to the next.
 */
export const orderShowMoved = event(
  'order.show-moved.v1',
  z.object({ orderId: OrderId, showVersion: z.int(), before: WhenAndWhere }),
)
export const ticketAdmitted = event(
  'ticket.admitted.v1',
  z.object({
    ticketId: TicketId,
    orderId: OrderId,
    showId: ShowId,
    movieId: MovieId,
    movieTitle: z.string().optional(),
    userId: UserId.nullable(),
    admittedAt: Instant,
    theaterName: z.string().optional(),
    /** The cinema day of the show. */
    day: LocalDate.optional(),
  }),
)
/** Somebody asked for the links to the orders of an address; what opens them is asked for when the mail is made. */
export const orderLinksRequested = event(
  'order.links-requested.v1',
  z.object({ requestId: Uuid, email: Email, orders: z.array(z.object({ orderId: OrderId })) }),
)
