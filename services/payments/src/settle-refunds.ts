import { paymentRefunded } from '@marquee/contracts/payments'
import type { Publisher } from '@marquee/kit/events'
import { createBatcher } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import { refundPaid } from './ledger.ts'
import { post } from './ledger-store.ts'
import type { PaymentsMetrics } from './metrics.ts'
import { endRefunds } from './refund-store.ts'

type RefundEnd = { refundId: string; providerId: string }
export type SettleRefunds = { settle: (end: RefundEnd) => Promise<void>; idle: () => Promise<void> }

/** Ends refunds that the provider carried out, whoever brings the news; a second time changes nothing. */
export function createSettleRefunds(deps: {
  db: Database
  events: Publisher
  metrics: PaymentsMetrics
}): SettleRefunds {
  const { db, events, metrics } = deps
  const batcher = createBatcher<RefundEnd, undefined>({ run })

  async function run(ends: RefundEnd[]): Promise<undefined[]> {
    const byId = new Map(ends.map((end) => [end.refundId, end]))
    await db.transaction(async (tx) => {
      const done = await endRefunds(tx, [...byId.values()])
      if (done.length === 0) return
      const postings = done.flatMap(({ id, amount, currency, provider }) =>
        refundPaid({ reference: id, amount, currency }, { provider }),
      )
      const publications = done.flatMap(({ id, orderId, ticketId, amount, currency }) => {
        if (orderId === null) return []
        const payload = { refundId: id, orderId, ticketId, amount: { amount, currency } }
        return [{ event: paymentRefunded, payload, key: orderId }]
      })
      await Promise.all([post(tx, postings), events.publishAll(tx, publications)])
      tx.afterCommit(() => metrics.refunded(done.length))
    })
    return ends.map(() => undefined)
  }

  return {
    settle: async (end) => {
      await batcher.submit(end)
    },
    idle: batcher.idle,
  }
}
