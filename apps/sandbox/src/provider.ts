import type { z } from 'zod'
import type { Book, BookRecord, Notice } from './book.ts'
import type { Journal } from './journal.ts'
import { isOpen, type NewPayment, type NewRefund, type Payment, type Refund, ruleOf } from './payment.ts'

export type Refusal = { ok: false; code: string; message: string }
type PayResult = { ok: true; payment: Payment; notice?: Notice | undefined } | Refusal
type RefundResult = { ok: true; refund: Refund; notice?: Notice | undefined } | Refusal
type Keyed<T> = T & { idempotencyKey: string }

export type ProviderDeps = {
  book: Book
  journal: Journal
  now: () => Temporal.Instant
  newId: () => string
  lateMs: number
  later: (milliseconds: number, work: () => void) => void
  /** Called once a notice's cause is on disk. */
  tell: (notice: Notice) => void
}
export type Provider = ReturnType<typeof createProvider>

/** What the provider does. Nothing is answered, and nobody is told, before it is on disk. */
export function createProvider(deps: ProviderDeps) {
  const { book, journal, now, newId, lateMs, later, tell } = deps
  const late = new Set<Promise<void>>()
  for (const payment of book.openPayments()) captureLater(payment)

  async function commit(record: BookRecord): Promise<Notice | undefined> {
    const notice = book.apply(record)
    journal.append(record)
    await journal.settled()
    if (notice) tell(notice)
    return notice
  }

  async function pay(wish: Keyed<z.infer<typeof NewPayment>>): Promise<PayResult> {
    const known = book.byKey(wish.idempotencyKey)
    if (known) {
      await journal.settled()
      return sameWish(known, wish) ? { ok: true, payment: known } : reused
    }
    const rule = ruleOf(wish.card.number)
    if (!rule) return refuse('unknown_card', 'The sandbox does not know this card number')
    if (book.byReference(wish.reference))
      return refuse('reference_used', 'Another payment has this reference')
    const at = now()
    const payment: Payment = {
      id: `pay_${newId()}`,
      reference: wish.reference,
      idempotencyKey: wish.idempotencyKey,
      amount: wish.amount,
      currency: wish.currency,
      last4: wish.card.number.slice(-4),
      status: rule.status,
      ...(rule.reason ? { reason: rule.reason } : {}),
      returnUrl: wish.return_url,
      ...(rule.status === 'requires_action' ? { challenge: newId() } : {}),
      createdAt: at.toString(),
      ...(rule.late ? { dueAt: at.add({ milliseconds: lateMs }).toString() } : {}),
      refunded: 0,
    }
    const notice = await commit({ type: 'payment', payment })
    captureLater(payment)
    return { ok: true, payment, notice }
  }

  function captureLater(payment: Payment): void {
    if (!payment.dueAt) return
    const wait = Temporal.Instant.from(payment.dueAt).epochMilliseconds - now().epochMilliseconds
    const { promise, resolve } = Promise.withResolvers<void>()
    late.add(promise)
    const done = () => {
      late.delete(promise)
      resolve()
    }
    later(Math.max(0, wait), () => void finish(payment, 'captured').finally(done))
  }

  async function finish(payment: Payment, status: 'captured' | 'declined' | 'cancelled', reason?: string) {
    if (!isOpen(payment)) return journal.settled()
    const at = now().toString()
    await commit({ type: 'status', id: payment.id, status, at, ...(reason ? { reason } : {}) })
  }

  async function refund(wish: Keyed<z.infer<typeof NewRefund>>): Promise<RefundResult> {
    const known = book.refundByKey(wish.idempotencyKey)
    if (known) {
      await journal.settled()
      return known.amount === wish.amount && known.paymentId === wish.payment
        ? { ok: true, refund: known }
        : reused
    }
    const payment = book.payment(wish.payment)
    if (!payment) return refuse('unknown_payment', 'There is no such payment')
    if (payment.status !== 'captured') return refuse('not_captured', 'This payment brought no money')
    if (payment.currency !== wish.currency || payment.amount - payment.refunded < wish.amount)
      return refuse('amount_too_large', 'The refund is larger than what is left of the payment')
    const made: Refund = {
      id: `ref_${newId()}`,
      paymentId: payment.id,
      reference: wish.reference,
      idempotencyKey: wish.idempotencyKey,
      amount: wish.amount,
      currency: wish.currency,
      createdAt: now().toString(),
    }
    const notice = await commit({ type: 'refund', refund: made })
    return { ok: true, refund: made, notice }
  }

  /** Resolves when every late payment that was made by now is paid. */
  const nobodyLate = () => Promise.all(late)

  return { pay, finish, refund, nobodyLate }
}

const reused = refuse('idempotency_key_reused', 'This Idempotency-Key came with another body before')

function refuse(code: string, message: string): Refusal {
  return { ok: false, code, message }
}

function sameWish(payment: Payment, wish: z.infer<typeof NewPayment>): boolean {
  return (
    payment.reference === wish.reference &&
    payment.amount === wish.amount &&
    payment.currency === wish.currency &&
    payment.last4 === wish.card.number.slice(-4)
  )
}
