import { bookingPaymentsGroup } from '@marquee/contracts/booking'
import { paymentCaptured } from '@marquee/contracts/payments'
import { on, type Subscription } from '@marquee/kit/events'
import { findWon } from './order-view.ts'
import { markDone } from './refund-store.ts'
import type { SettlePayment } from './settle-payment.ts'

/** What payments found out, whichever way it did. */
export function onPayments({ settle }: { settle: SettlePayment }): Subscription {
  const singly = on(bookingPaymentsGroup, {
    'payment.captured.v1': (event, tx) => {
      const { orderId, attemptId, amount } = event.payload
      return settle.capturedIn(tx, { orderId, attemptId, amount: amount.amount })
    },
    'payment.failed.v1': (event, tx) => settle.failedIn(tx, event.payload),
    'payment.refunded.v1': (event, tx) => markDone(tx, [event.payload.refundId]),
  })
  const nothing = async () => {}
  const known = on(
    bookingPaymentsGroup,
    { 'payment.captured.v1': nothing, 'payment.failed.v1': nothing, 'payment.refunded.v1': nothing },
    { together: 50 },
  )

  // Most captures were told by the provider's answer already. They change nothing, lock nothing, and go together.
  return {
    ...singly,
    async handle(events, db) {
      const captures = events.flatMap(({ id, name, payload }) => {
        const read = paymentCaptured.schema.safeParse(payload)
        return name === paymentCaptured.name && read.success ? [{ id, ...read.data }] : []
      })
      const won = await findWon(db, captures)
      const wasTold = ({ id }: { id: string }) => won.has(id)
      const told = await known.handle(events.filter(wasTold), db)
      const others = await singly.handle(
        events.filter((event) => !wasTold(event)),
        db,
      )
      return events.map(
        (event) => (wasTold(event) ? told : others).shift() ?? { ok: false, error: 'unheard' },
      )
    },
  }
}
