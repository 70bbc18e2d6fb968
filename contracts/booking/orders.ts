import { endpoint, nothing, raw } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  Channel,
  Email,
  Instant,
  Money,
  MovieId,
  OrderId,
  Price,
  page,
  paging,
  ScreenId,
  SeatId,
  ShowId,
  TheaterId,
  TicketId,
  TicketTypeKey,
  TimeZone,
  UserId,
  Zone,
} from '../common.ts'
import { byOrder } from './parts.ts'

export const OrderStatus = z.enum([
  'held',
  'paying',
  'confirmed',
  'partly-refunded',
  'refunded',
  'expired',
  'released',
])
export type OrderStatus = z.infer<typeof OrderStatus>
export const OrderSeat = z.object({
  seatId: SeatId,
  row: z.string(),
  number: z.string(),
  zone: Zone,
  ticketType: TicketTypeKey,
  /** What the house calls it. Answers kept from an earlier release have none. */
  ticketTypeName: z.string().optional(),
  price: Price,
})
export const OrderLine = z.object({
  kind: z.enum(['seat', 'fee', 'discount', 'product']),
  label: z.string(),
  net: Money,
  tax: Money,
  /** A fraction: 0.19 is 19%. */
  taxRate: z.number(),
  gross: Money,
})
export const TicketStatus = z.enum(['valid', 'admitted', 'refunded'])
const RefundStatus = z.enum(['pending', 'done'])
export const RefundState = z.object({ ticketId: TicketId, amount: Money, status: RefundStatus })
export const ShowOfOrder = z.object({
  id: ShowId,
  movieId: MovieId,
  movieTitle: z.string(),
  theaterId: TheaterId,
  theaterName: z.string(),
  theaterAddress: z.string(),
  screenId: ScreenId,
  screenName: z.string(),
  startsAt: Instant,
  localStart: z.string(),
  timeZone: TimeZone,
  runtimeMinutes: z.int(),
  cancelled: z.boolean(),
})
export const Order = z.object({
  id: OrderId,
  number: z.string(),
  status: OrderStatus,
  version: z.int(),
  showId: ShowId,
  show: ShowOfOrder,
  seats: z.array(OrderSeat),
  lines: z.array(OrderLine),
  total: Money,
  channel: Channel,
  email: z.string().nullable(),
  holdExpiresAt: Instant,
  holdSecondsLeft: z.int(),
  /** Best-available seats were found side by side. */
  together: z.boolean().optional(),
  extended: z.boolean(),
  createdAt: Instant,
  tickets: z.array(
    z.object({
      id: TicketId,
      seatId: SeatId,
      code: z.string(),
      status: TicketStatus,
      admittedAt: Instant.nullable(),
    }),
  ),
  refunds: z.array(RefundState),
  /** Payments that bought nothing and go back whole: the show was cancelled meanwhile, or the seats were gone. */
  returned: z.array(z.object({ amount: Money, status: RefundStatus })).optional(),
  refundableUntil: Instant.nullable(),
  /** Only in the answer that created a guest's order. */
  secret: z.string().optional(),
})
export type Order = z.infer<typeof Order>
export const listOrders = endpoint({
  method: 'GET',
  path: '/api/orders',
  summary: 'My orders, newest first',
  access: ['user'],
  query: z.object({ ...paging }),
  responses: { 200: page(Order) },
})
export const findOrders = endpoint({
  method: 'POST',
  path: '/api/orders/find',
  summary: 'Mail me the links to my orders; answers the same whether or not there are any',
  access: ['anyone'],
  limit: 'mail',
  body: z.object({ email: Email }),
  responses: { 202: z.object({ sent: z.literal(true) }) },
})
export const getOrder = endpoint({
  method: 'GET',
  path: '/api/orders/:orderId',
  summary: 'One order',
  access: ['holder', 'secret', 'staff'],
  params: byOrder,
  responses: { 200: Order },
})
/** Exchanges the secret behind a mailed link for a cookie, so that it leaves the address bar. */
export const openOrder = endpoint({
  method: 'POST',
  path: '/api/orders/:orderId/open',
  summary: 'Exchange an order secret for a cookie',
  access: ['secret'],
  params: byOrder,
  responses: { 204: nothing },
})
export const orderCalendar = endpoint({
  method: 'GET',
  path: '/api/orders/:orderId/calendar.ics',
  summary: 'The show as a calendar entry',
  access: ['holder', 'secret', 'staff'],
  params: byOrder,
  query: z.object({ secret: z.string().max(100).optional() }),
  responses: { 200: raw('text/calendar; charset=utf-8') },
})
/** All a mail needs; asked once by notifications, so that events carry ids only. */
export const orderForMail = endpoint({
  method: 'GET',
  path: '/internal/booking/orders/:orderId/mail',
  summary: 'An order as its mail needs it',
  access: ['service'],
  params: byOrder,
  responses: { 200: Order.extend({ userId: UserId.nullable(), linkSecret: z.string() }) },
})
