import { endpoint, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { SeatId, TicketId } from '../common.ts'
import { CardNumber, PaymentMethod, PaymentNext } from '../payments.ts'
import { OrderStatus, RefundState } from './orders.ts'
import { byOrder } from './parts.ts'

export const payOrder = endpoint({
  method: 'POST',
  path: '/api/orders/:orderId/payment',
  summary: 'Pay',
  access: ['holder', 'secret'],
  idempotent: true,
  limit: 'booking',
  timeoutMs: 20_000,
  // Seats are held and the money is on its way.
  shed: 'last',
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
    409: [
      problem('hold-expired'),
      problem('payment-in-progress'),
      problem('order-final'),
      // The money came in and goes back whole: the order's `returned` says how much.
      problem('payment-returned'),
      problem('method-not-offered'),
    ],
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
