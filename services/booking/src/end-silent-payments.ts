import type { paymentsContract } from '@marquee/contracts/payments'
import type { Client } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { eachOnItsOwn } from './each-on-its-own.ts'
import { findSilentPayments, type SilentPayment } from './order-view.ts'
import type { SettlePayment } from './settle-payment.ts'

/**
 * Ends payments that went silent: asks payments to cancel them, and does what it answers. After half an hour
 * without an end the seats are freed whatever it answers; a capture after that refunds itself.
 */
export function createEndSilentPayments(deps: {
  db: Database
  settle: SettlePayment
  payments: Client<(typeof paymentsContract)['endpoints']>
  paymentMinutes: number
  silentMinutes: number
}) {
  const { db, settle, payments, paymentMinutes, silentMinutes } = deps

  return async (): Promise<number> => {
    const silent = await findSilentPayments(db, { paymentMinutes, silentMinutes })
    await eachOnItsOwn(silent, end)
    return silent.length
  }

  async function end({ orderId, attemptId, total, overdue }: SilentPayment): Promise<void> {
    const answer = await payments.asService().attempt.cancelAttempt({ attemptId })
    const status = answer.ok ? answer.value.status : answer.code === 'not-found' ? 'failed' : 'pending'
    if (status === 'captured') await settle.captured({ orderId, attemptId, amount: total })
    else if (status === 'failed' || overdue) await settle.failed({ orderId, attemptId })
  }
}
