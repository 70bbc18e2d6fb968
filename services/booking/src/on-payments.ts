import { bookingPaymentsGroup } from '@marquee/contracts/booking'
import { on, type Subscription } from '@marquee/kit/events'
import { markDone } from './refund-store.ts'
import type { SettlePayment } from './settle-payment.ts'

/** What payments found out, whichever way it did. */
export function onPayments({ settle }: { settle: SettlePayment }): Subscription {
  return on(bookingPaymentsGroup, {
    'payment.captured.v1': (event, tx) => {
      const { orderId, attemptId, amount } = event.payload
      return settle.capturedIn(tx, { orderId, attemptId, amount: amount.amount })
    },
    'payment.failed.v1': (event, tx) => settle.failedIn(tx, event.payload),
    'payment.refunded.v1': (event, tx) => markDone(tx, [event.payload.refundId]),
  })
}
