import { contract, endpoint, event, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, Money, OrderId, TheaterId, TicketId, Uuid } from './common.ts'

export const AttemptId = Uuid
export const PaymentMethod = z.enum(['sandbox'])
export const PaymentNext = z.union([
  z.object({ redirectUrl: z.string() }),
  z.object({ clientSecret: z.string() }),
  z.object({ poll: z.string() }),
])
/** What an order or a refund comes to: many prices together, and still within an integer column. */
const Amount = Money.extend({ amount: z.int().min(0).max(2_000_000_000) })
export const CardNumber = z.string().regex(/^\d{12,19}$/, 'must be a card number without spaces')

export const paymentWebhook = endpoint({
  method: 'POST',
  path: '/api/payments/webhooks/:provider',
  summary: 'What a payment provider tells us',
  shed: 'last',
  access: ['anyone'],
  rawBody: true,
  maxBytes: 262_144,
  params: z.object({ provider: z.string().max(40) }),
  responses: { 204: nothing, 400: problem('bad-signature') },
})
/** Commits the attempt, then asks the provider. Safe to repeat with the same id. */
export const startAttempt = endpoint({
  method: 'POST',
  path: '/internal/payments/attempts',
  summary: 'Start paying an order',
  shed: 'last',
  access: ['service'],
  timeoutMs: 15_000,
  body: z.object({
    attemptId: AttemptId,
    orderId: OrderId,
    orderNumber: z.string(),
    theaterId: TheaterId,
    amount: Amount,
    method: PaymentMethod,
    card: CardNumber.optional(),
    token: z.string().max(500).optional(),
    returnUrl: z.string().max(2000),
    deadline: Instant,
  }),
  responses: {
    200: z.object({
      attemptId: AttemptId,
      status: z.enum(['captured', 'failed', 'pending']),
      reason: z.string().optional(),
      next: PaymentNext.optional(),
    }),
    // Neither began an attempt.
    409: [problem('attempt-running', { attemptId: AttemptId }), problem('method-not-offered')],
    422: problem('unknown-card'),
  },
})
export const cancelAttempt = endpoint({
  method: 'POST',
  path: '/internal/payments/attempts/:attemptId/cancel',
  summary: 'Ask the provider to give up on an attempt',
  access: ['service'],
  timeoutMs: 15_000,
  params: z.object({ attemptId: AttemptId }),
  responses: { 200: z.object({ status: z.enum(['captured', 'failed', 'pending']) }) },
})
/** One refund a ticket, carried out by a retried job; repeating it changes nothing. */
export const requestRefunds = endpoint({
  method: 'POST',
  path: '/internal/payments/refunds',
  summary: 'Refund tickets, or a capture that bought nothing',
  access: ['service'],
  body: z.object({
    orderId: OrderId,
    attemptId: AttemptId.optional(),
    refunds: z
      .array(z.object({ refundId: Uuid, ticketId: TicketId.optional(), amount: Amount }))
      .min(1)
      .max(100),
  }),
  responses: {
    200: z.object({ items: z.array(z.object({ refundId: Uuid, status: z.enum(['pending', 'done']) })) }),
  },
})
/** Compares our ledger with the provider's book, whole; what we still wait for is only counted. */
export const checkLedger = endpoint({
  method: 'GET',
  path: '/api/payments/ledger',
  summary: "Our ledger beside the provider's book",
  access: ['service', 'admin'],
  timeoutMs: 60_000,
  responses: {
    200: z.object({
      balanced: z.boolean(),
      differences: z.array(z.object({ currency: z.string(), ours: z.int(), theirs: z.int() })),
      missing: z.array(
        z.object({ reference: z.string(), side: z.enum(['ours', 'theirs']), detail: z.string() }),
      ),
      captures: z.int(),
      refunds: z.int(),
      pendingRefunds: z.int(),
      liveAttempts: z.int(),
    }),
  },
})

export const paymentCaptured = event(
  'payment.captured.v1',
  z.object({ attemptId: AttemptId, orderId: OrderId, amount: Money, capturedAt: Instant }),
)
export const paymentFailed = event(
  'payment.failed.v1',
  z.object({ attemptId: AttemptId, orderId: OrderId, reason: z.string() }),
)
export const paymentRefunded = event(
  'payment.refunded.v1',
  z.object({ refundId: Uuid, orderId: OrderId, ticketId: TicketId.nullable(), amount: Money }),
)

export const paymentsContract = contract('payments', {
  endpoints: { paymentWebhook, startAttempt, cancelAttempt, requestRefunds, checkLedger },
  events: [paymentCaptured, paymentFailed, paymentRefunded],
})
