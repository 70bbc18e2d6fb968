import { contract, endpoint, event, group, nothing, problem, raw } from '@marquee/kit/contract'
import { z } from 'zod'
import {
  Channel,
  Email,
  Instant,
  LayoutId,
  LocalDate,
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
  Uuid,
  Zone,
} from './common.ts'
import { userErased } from './identity.ts'
import { orderConfirmed } from './order-events.ts'
import {
  CardNumber,
  PaymentMethod,
  PaymentNext,
  paymentCaptured,
  paymentFailed,
  paymentRefunded,
} from './payments.ts'
import { theaterPeopleChanged } from './theater-events.ts'
import { layoutPublished, showCancelled, showChanged, showScheduled } from './theaters.ts'

export { orderConfirmed }

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
export const RefundState = z.object({
  ticketId: TicketId,
  amount: Money,
  status: z.enum(['pending', 'done']),
})
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
  refundableUntil: Instant.nullable(),
  /** Only in the answer that created a guest's order. */
  secret: z.string().optional(),
})
export type Order = z.infer<typeof Order>

const SeatWish = z.object({ seatId: SeatId, ticketType: TicketTypeKey })
const seatsWish = z.array(SeatWish).min(1, 'choose at least one seat').max(10, 'at most 10 seats an order')
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

const seatsTaken = problem('seats-taken', { seats: z.array(SeatId) })
const orphanSeat = problem('orphan-seat', { seats: z.array(SeatId), suggestions: z.array(z.array(SeatId)) })
const byOrder = z.object({ orderId: OrderId })
const byTicket = z.object({ ticketId: TicketId })

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
export const payOrder = endpoint({
  method: 'POST',
  path: '/api/orders/:orderId/payment',
  summary: 'Pay',
  access: ['holder', 'secret'],
  idempotent: true,
  limit: 'booking',
  timeoutMs: 20_000,
  params: byOrder,
  body: z.object({
    method: PaymentMethod,
    token: z.string().max(500).optional(),
    card: CardNumber.optional(),
  }),
  responses: {
    200: z.object({
      status: z.literal('confirmed'),
      tickets: z.array(z.object({ id: TicketId, seatId: SeatId, code: z.string() })),
    }),
    202: z.object({ status: z.literal('paying'), next: PaymentNext }),
    402: problem('payment-declined', { reason: z.string() }),
    409: [problem('hold-expired'), problem('payment-in-progress'), problem('order-final')],
    422: problem('unknown-card'),
  },
})
export const refundOrder = endpoint({
  method: 'POST',
  path: '/api/orders/:orderId/refund',
  summary: 'Give tickets back',
  access: ['holder', 'secret', 'staff'],
  idempotent: true,
  params: byOrder,
  body: z.object({ tickets: z.array(TicketId).min(1).max(100).optional() }).default({}),
  responses: {
    200: z.object({ status: OrderStatus, refunds: z.array(RefundState) }),
    409: [problem('too-late'), problem('already-refunded'), problem('order-final')],
  },
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
export const getTicket = endpoint({
  method: 'GET',
  path: '/api/tickets/:ticketId',
  summary: 'One ticket',
  access: ['holder', 'secret', 'staff'],
  params: byTicket,
  responses: {
    200: z.object({
      id: TicketId,
      orderId: OrderId,
      code: z.string(),
      show: ShowOfOrder,
      seat: OrderSeat,
      status: TicketStatus,
      admittedAt: Instant.nullable(),
    }),
  },
})
export const ticketQr = endpoint({
  method: 'GET',
  path: '/api/tickets/:ticketId/qr.svg',
  summary: "The ticket's QR code",
  access: ['holder', 'secret', 'staff'],
  params: byTicket,
  query: z.object({ secret: z.string().max(100).optional() }),
  responses: { 200: raw('image/svg+xml') },
})

const CheckInResult = z.object({
  result: z.enum(['admitted', 'already-admitted', 'wrong-show', 'refunded', 'invalid', 'conflict']),
  ticket: z
    .object({
      id: TicketId,
      showId: ShowId,
      movieTitle: z.string(),
      localStart: z.string(),
      screenName: z.string(),
      seatId: SeatId,
      row: z.string(),
      number: z.string(),
      ticketType: TicketTypeKey,
      ticketTypeName: z.string(),
      proof: z.string().nullable(),
    })
    .optional(),
  admittedAt: Instant.optional(),
})
const Scan = z.object({
  code: z.string().min(1).max(600),
  showId: ShowId.optional(),
  scanId: z.string().min(8).max(100).optional(),
  scannedAt: Instant.optional(),
})
export const checkIn = endpoint({
  method: 'POST',
  path: '/api/check-in',
  summary: 'Admit a ticket, once',
  access: ['user'],
  body: Scan,
  responses: { 200: CheckInResult },
})
export const checkInBatch = endpoint({
  method: 'POST',
  path: '/api/check-in/batch',
  summary: 'Bring in what an offline door admitted',
  access: ['user'],
  maxBytes: 2_000_000,
  body: z.object({
    scans: z
      .array(Scan.extend({ scanId: z.string().min(8).max(100) }))
      .min(1)
      .max(1000),
  }),
  responses: { 200: z.object({ items: z.array(CheckInResult.extend({ scanId: z.string() })) }) },
})
export const doorManifest = endpoint({
  method: 'GET',
  path: '/api/check-in/manifest',
  summary: 'What a door needs to admit without a network',
  access: ['staff'],
  query: z.object({ showId: ShowId }),
  responses: {
    200: z.object({
      show: ShowOfOrder,
      generatedAt: Instant,
      tickets: z.array(
        z.object({
          id: TicketId,
          seatId: SeatId,
          row: z.string(),
          number: z.string(),
          ticketType: TicketTypeKey,
          status: TicketStatus,
          admittedAt: Instant.nullable(),
        }),
      ),
    }),
  },
})
export const doorKeys = endpoint({
  method: 'GET',
  path: '/api/check-in/keys',
  summary: 'Public keys of ticket codes',
  access: ['anyone'],
  responses: {
    200: z.object({
      keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string() })),
    }),
  },
})
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
  body: z.object({ showIds: z.array(ShowId).max(5000) }),
  responses: {
    200: z.object({ items: z.array(z.object({ showId: ShowId, capacity: z.int(), left: z.int() })) }),
  },
})
export const soldSeats = endpoint({
  method: 'POST',
  path: '/internal/booking/sold-seats',
  summary: 'Seats sold, held or being paid in upcoming shows',
  access: ['service'],
  body: z.object({ showIds: z.array(ShowId).max(5000) }),
  responses: { 200: z.object({ items: z.array(z.object({ showId: ShowId, seats: z.array(SeatId) })) }) },
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
/** Somebody asked for the links to the orders of an address; secrets are fresh. */
export const orderLinksRequested = event(
  'order.links-requested.v1',
  z.object({
    requestId: Uuid,
    email: Email,
    orders: z.array(
      z.object({
        orderId: OrderId,
        number: z.string(),
        movieTitle: z.string(),
        localStart: z.string(),
        secret: z.string(),
      }),
    ),
  }),
)
/** All a mail needs; asked once by notifications, so that events carry ids only. */
export const orderForMail = endpoint({
  method: 'GET',
  path: '/internal/booking/orders/:orderId/mail',
  summary: 'An order as its mail needs it',
  access: ['service'],
  params: byOrder,
  responses: { 200: Order.extend({ userId: UserId.nullable(), linkSecret: z.string() }) },
})

export const bookingShowsGroup = group('booking.shows', [
  layoutPublished,
  showScheduled,
  showChanged,
  showCancelled,
])
export const bookingPeopleGroup = group('booking.people', [theaterPeopleChanged])
export const bookingPaymentsGroup = group('booking.payments', [
  paymentCaptured,
  paymentFailed,
  paymentRefunded,
])
export const bookingErasureGroup = group('booking.erasure', [userErased])

export const bookingContract = contract('booking', {
  endpoints: {
    getSeats,
    createOrder,
    listOrders,
    findOrders,
    getOrder,
    openOrder,
    swapSeats,
    extendHold,
    releaseOrder,
    payOrder,
    refundOrder,
    orderCalendar,
    getTicket,
    ticketQr,
    checkIn,
    checkInBatch,
    doorManifest,
    doorKeys,
    showSales,
    cancellationPreview,
    seatsLeft,
    soldSeats,
    seedOrders,
    orderForMail,
  },
  events: [orderConfirmed, orderExpired, orderRefunded, ticketAdmitted, orderLinksRequested],
  groups: [bookingShowsGroup, bookingPeopleGroup, bookingPaymentsGroup, bookingErasureGroup],
})
