import { paymentRefunded } from '@marquee/contracts/payments'
import type { Publisher } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { type Attempt, lockAttemptOf } from './attempt-store.ts'
import { beneficiary, refundOwed, refundPaid } from './ledger.ts'
import { post } from './ledger-store.ts'
import { findPaid } from './ledger-view.ts'
import type { BookEntry } from './provider/provider.ts'
import { endRefunds, insertStrayRefund, lowerRefund, type Refund, refundsOf } from './refund-store.ts'

type Deps = { db: Database; events: Publisher; log: Logger }
export type TakeStrayRefund = (provider: string, entry: BookEntry) => Promise<void>

/**
 * Records a refund in the provider's book that nobody here asked for, as after a restore that forgot it. It pays what
 * is owed already, where too little of the capture is left for both; else it is kept for whoever asks for as much.
 */
export function createTakeStrayRefund({ db, events, log }: Deps): TakeStrayRefund {
  return (provider, entry) =>
    db.transaction(async (tx) => {
      const { reference: refundId, amount, currency, providerId } = entry
      const attempt = await lockAttemptOf(tx, { provider, providerId })
      log.error({ refundId, provider, attemptId: attempt?.id }, 'a refund that nobody here asked for')
      // Another process walks the same book.
      if (!attempt || (await findPaid(tx, [refundId])).has(refundId)) return
      const movement = { reference: refundId, amount, currency }
      const paid = refundPaid(movement, { provider })
      const owed = owedInVain(await refundsOf(tx, attempt.id), { attempt, amount })
      if (owed?.amount === amount) {
        await end(tx, { refundId: owed.id, providerId })
        await post(tx, paid)
        return
      }
      await insertStrayRefund(tx, { id: refundId, attempt, amount, currency, providerId })
      if (owed) {
        // All of it was posted as owed when it was asked for.
        await lowerRefund(tx, { refundId: owed.id, by: amount })
        await post(tx, paid)
        return
      }
      await post(tx, [...refundOwed(movement, { by: beneficiary(attempt) }), ...paid])
    })

  async function end(tx: Transaction, ended: { refundId: string; providerId: string }): Promise<void> {
    const done = await endRefunds(tx, [ended])
    const publications = done.flatMap(({ id, orderId, ticketId, amount, currency }) => {
      if (orderId === null) return []
      const payload = { refundId: id, orderId, ticketId, amount: { amount, currency } }
      return [{ event: paymentRefunded, payload, key: orderId }]
    })
    await events.publishAll(tx, publications)
  }
}

/** The pending refund that the provider can no longer carry out, since this much of the capture is gone. */
function owedInVain(
  refunds: readonly Refund[],
  { attempt, amount }: { attempt: Attempt; amount: number },
): Refund | undefined {
  const total = refunds.reduce((sum, refund) => sum + refund.amount, amount)
  if (total <= (attempt.capturedAmount ?? 0)) return undefined
  const pending = refunds.filter(({ status }) => status === 'pending')
  return (
    pending.find((refund) => refund.amount === amount) ??
    pending.find((refund) => refund.ticketId === null && refund.amount > amount)
  )
}
