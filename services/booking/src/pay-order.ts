import {
  type CardNumber,
  type PaymentMethod,
  PaymentNext,
  type paymentsContract,
} from '@marquee/contracts/payments'
import type { Client } from '@marquee/kit/contract'
import { crashPoint } from '@marquee/kit/resilience'
import type { Database } from '@marquee/kit/sql'
import type { z } from 'zod'
import type { BeginPayment, BeginResult } from './begin-payment.ts'
import { comeBackTo } from './come-back.ts'
import { createKeysInUse, type KeyRefusal, writeOnce } from './once-a-key.ts'
import { orderNumber } from './order-record.ts'
import { isSold } from './order-state.ts'
import type { Idempotency } from './order-store.ts'
import { findOrder, noteAttemptKnown, type TicketView } from './order-view.ts'
import { type Remembered, rememberAnswer } from './request-store.ts'
import type { NewTicket } from './sale-store.ts'
import type { SettlePayment } from './settle-payment.ts'

export type PayWish = {
  orderId: string
  method: z.infer<typeof PaymentMethod>
  card?: z.infer<typeof CardNumber> | undefined
  token?: string | undefined
  /** The site as the payer's browser calls it. */
  from?: string | undefined
  idempotency?: Idempotency | undefined
}
export type PayResult =
  | { ok: true; status: 'confirmed'; tickets: TicketView[] }
  | { ok: true; status: 'paying'; next: z.infer<typeof PaymentNext> }
  | { ok: false; code: 'payment-declined'; reason: string }
  | { ok: false; code: 'unknown-card' | 'method-not-offered' | 'payment-returned' }
  | KeyRefusal
  | (BeginResult & { ok: false })

type Deps = {
  db: Database
  begin: BeginPayment['begin']
  settle: SettlePayment
  payments: Client<(typeof paymentsContract)['endpoints']>
  ids: { uuid: () => string }
  now: () => Temporal.Instant
  origin: string
  paymentMinutes: number
}

/** Pays an order: seats to paying, then the provider by way of payments, then whatever its answer says. */
export function createPayOrder(deps: Deps) {
  const { db, begin, settle, payments, ids, now, origin, paymentMinutes } = deps
  const unlessInUse = createKeysInUse()

  return (wish: PayWish): Promise<PayResult> => unlessInUse(wish, () => pay(wish))

  async function pay(wish: PayWish): Promise<PayResult> {
    const { orderId, method, card, token, from, idempotency } = wish
    const attemptId = ids.uuid()
    const begun = await writeOnce(db, wish, () => begin({ orderId, attemptId, idempotency }))
    if (!begun.ok) return begun
    if ('done' in begun) return again(begun.done)
    crashPoint('booking.pay.begun')
    const { order, show } = begun
    if (order.total === 0) return captured({ orderId, attemptId, amount: 0 })
    const answer = await payments.asService().attempt.startAttempt({
      attemptId,
      orderId,
      orderNumber: orderNumber(orderId),
      theaterId: show.facts.theaterId,
      amount: { amount: order.total, currency: order.currency },
      method,
      ...(card === undefined ? {} : { card }),
      ...(token === undefined ? {} : { token }),
      // Who comes back by it and finds the order unpaid was refused by the bank.
      returnUrl: `${comeBackTo(origin, from)}/orders/${orderId}?back=bank`,
      deadline: now().add({ minutes: paymentMinutes }).toString(),
    })
    if (!answer.ok) {
      const { code } = answer
      if (!saysNoAttempt(code)) return waitFor(wish)
      await settle.failed({ orderId, attemptId })
      if (code === 'invalid-input')
        throw new Error(`payments refused to take ${order.total} ${order.currency} for order ${orderId}`)
      return { ok: false, code: code === 'attempt-running' ? 'payment-in-progress' : code }
    }
    const { status, reason, next = pollOf(orderId) } = answer.value
    crashPoint('booking.pay.answered')
    if (status === 'captured') return captured({ orderId, attemptId, amount: order.total })
    if (status === 'failed') {
      await settle.failed({ orderId, attemptId })
      return { ok: false, code: 'payment-declined', reason: reason ?? 'declined' }
    }
    await noteAttemptKnown(db, { orderId, attemptId, idempotency, next })
    return { ok: true, status: 'paying', next }
  }

  async function captured(capture: {
    orderId: string
    attemptId: string
    amount: number
  }): Promise<PayResult> {
    const sold = await settle.captured(capture)
    crashPoint('booking.tickets.committed')
    if (!sold) return outcomeOf(capture.orderId, capture.attemptId)
    return { ok: true, status: 'confirmed', tickets: sold.map(ticketOf) }
  }

  /** Nobody knows whether payments has the attempt. */
  async function waitFor({ orderId, idempotency }: PayWish): Promise<PayResult> {
    const next = pollOf(orderId)
    if (idempotency) await rememberAnswer(db, idempotency, next)
    return { ok: true, status: 'paying', next }
  }

  async function again({ orderId, attemptId, answer, justAsked }: Remembered): Promise<PayResult> {
    const next = PaymentNext.safeParse(answer).data
    const result = await outcomeOf(orderId, attemptId ?? '', next)
    // Another process may still be asking payments; one that died will never say.
    const isOpen = result.ok && result.status === 'paying' && !next && justAsked
    return isOpen ? { ok: false, code: 'request-in-progress' } : result
  }

  async function outcomeOf(orderId: string, attemptId: string, next = pollOf(orderId)): Promise<PayResult> {
    const order = await findOrder(db, orderId)
    if (order?.attemptId === attemptId && isSold(order.status))
      return { ok: true, status: 'confirmed', tickets: order.tickets }
    if (order?.attemptId === attemptId && order.status === 'paying')
      return { ok: true, status: 'paying', next }
    if (order?.refunds.some((refund) => refund.ticketId === null && refund.attemptId === attemptId))
      return { ok: false, code: 'payment-returned' }
    return { ok: false, code: 'payment-declined', reason: 'declined' }
  }
}

const withoutAttempt = ['unknown-card', 'attempt-running', 'method-not-offered', 'invalid-input'] as const
const saysNoAttempt = (code: string): code is (typeof withoutAttempt)[number] =>
  withoutAttempt.some((one) => one === code)

function ticketOf({ id, seat, code }: NewTicket): TicketView {
  return { id, seatId: seat.seatId, code, status: 'valid', admittedAt: null }
}

function pollOf(orderId: string): z.infer<typeof PaymentNext> {
  return { poll: `/api/orders/${orderId}` }
}
