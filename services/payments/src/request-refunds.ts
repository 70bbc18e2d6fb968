import type { Database, Transaction } from '@marquee/kit/sql'
import { type Attempt, findCapturedOfOrder, lockAttempts } from './attempt-store.ts'
import { beneficiary, refundOwed } from './ledger.ts'
import { post } from './ledger-store.ts'
import { giveStrays, insertRefunds, type NewRefund, type Refund, refundsOf } from './refund-store.ts'

export type RefundWish = {
  orderId: string
  /** The order's captured one when absent. */
  attemptId?: string | undefined
  refunds: { refundId: string; ticketId?: string | undefined; amount: { amount: number; currency: string } }[]
}
export type RefundResult =
  | { ok: true; items: { refundId: string; status: 'pending' | 'done' }[] }
  | { ok: false; code: 'not-found' | 'conflict' | 'too-much' }

/** Owes money back: one refund a ticket, or one for a whole capture. A job carries it out. */
export function createRequestRefunds({ db }: { db: Database }) {
  return async (wish: RefundWish): Promise<RefundResult> => {
    const attemptId = wish.attemptId ?? (await findCapturedOfOrder(db, wish.orderId))?.id
    if (!attemptId) return { ok: false, code: 'not-found' }
    return db.transaction(async (tx) => {
      const attempt = (await lockAttempts(tx, [attemptId])).get(attemptId)
      if (!attempt || attempt.orderId !== wish.orderId) return { ok: false, code: 'not-found' }
      // Asked before the capture is known here: to be asked again.
      if (attempt.status !== 'captured' && attempt.status !== 'returned')
        return { ok: false, code: 'conflict' }
      return owe(tx, attempt, wish.refunds)
    })
  }

  async function owe(
    tx: Transaction,
    attempt: Attempt,
    wished: RefundWish['refunds'],
  ): Promise<RefundResult> {
    const known: Pick<Refund, 'id' | 'ticketId' | 'amount' | 'status' | 'stray'>[] = await refundsOf(
      tx,
      attempt.id,
    )
    const fresh: NewRefund[] = []
    const given: { strayId: string; ticketId: string }[] = []
    const items = wished.map(({ refundId, ticketId = null, amount: { amount: wanted, currency } }) => {
      const same = known.find((one) => !one.stray && (one.id === refundId || one.ticketId === ticketId))
      if (same) return { refundId, status: same.status }
      const strays = known.filter(({ stray }) => stray)
      const fitting =
        strays.find((stray) => stray.id === refundId) ?? strays.find((stray) => stray.amount === wanted)
      if (ticketId && fitting) {
        given.push({ strayId: fitting.id, ticketId })
        Object.assign(fitting, { ticketId, stray: false })
        return { refundId, status: 'done' as const }
      }
      const gone = ticketId ? 0 : strays.reduce((sum, stray) => sum + stray.amount, 0)
      const amount = Math.max(0, wanted - gone)
      if (amount === 0) return { refundId, status: 'done' as const }
      fresh.push({ id: refundId, attempt, ticketId, amount, currency })
      known.push({ id: refundId, ticketId, amount, status: 'pending', stray: false })
      return { refundId, status: 'pending' as const }
    })
    const total = known.reduce((sum, { amount }) => sum + amount, 0)
    const strange = fresh.some(({ currency }) => currency !== attempt.currency)
    if (strange || (fresh.length > 0 && total > (attempt.capturedAmount ?? 0)))
      return { ok: false, code: 'too-much' }
    const postings = fresh.flatMap(({ id, amount, currency }) =>
      refundOwed({ reference: id, amount, currency }, { by: beneficiary(attempt) }),
    )
    await Promise.all([insertRefunds(tx, fresh), giveStrays(tx, given), post(tx, postings)])
    return { ok: true, items }
  }
}
