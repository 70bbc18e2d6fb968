import { endpoint, raw } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, OrderId, SeatId, ShowId, TicketId, TicketTypeKey } from '../common.ts'
import { OrderSeat, ShowOfOrder, TicketStatus } from './orders.ts'
import { byTicket } from './parts.ts'

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
// The signed code of the QR; or, with `showId`, the short code below it as somebody typed it: `contracts/short-code.ts`.
const Scan = z.object({
  code: z.string().min(1).max(600),
  showId: ShowId.optional(),
  scanId: z.string().min(8).max(100).optional(),
  scannedAt: Instant.optional(),
})
export const checkIn = endpoint({
  method: 'POST',
  path: '/api/check-in',
  summary: 'Admit a ticket, once: by the code of its QR, or with showId by the short code below it',
  shed: 'last',
  access: ['user'],
  body: Scan,
  responses: { 200: CheckInResult },
})
export const checkInBatch = endpoint({
  method: 'POST',
  path: '/api/check-in/batch',
  summary: 'Bring in what an offline door admitted',
  shed: 'last',
  access: ['user'],
  maxBytes: 2_000_000,
  // An evening's scans one after the other, on a disk that is busy.
  timeoutMs: 30_000,
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
  shed: 'last',
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
  shed: 'last',
  access: ['anyone'],
  responses: {
    200: z.object({
      keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string() })),
    }),
  },
})
