import type { paymentsContract } from '@marquee/contracts/payments'
import type { Client } from '@marquee/kit/contract'
import { crashPoint } from '@marquee/kit/resilience'
import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { eachOnItsOwn } from './each-on-its-own.ts'
import { type Due, markDone, takeDue } from './refund-store.ts'

const mostAtOnce = 200

/** Asks payments to carry out what is owed; asks again until it says done. Returns how many it asked for. */
export function createCarryOutRefunds(deps: {
  db: Database
  payments: Client<(typeof paymentsContract)['endpoints']>
  log: Logger
}) {
  const { db, payments, log } = deps

  return async (): Promise<number> => {
    const due = await takeDue(db, mostAtOnce)
    const groups = Map.groupBy(due, ({ orderId, attemptId }) => `${orderId} ${attemptId}`)
    await eachOnItsOwn([...groups.values()], ask)
    return due.length
  }

  async function ask(group: Due[]): Promise<void> {
    const [first] = group
    if (!first) return
    const { orderId, attemptId } = first
    const refunds = group.map(({ id, ticketId, amount, currency }) => ({
      refundId: id,
      ...(ticketId ? { ticketId } : {}),
      amount: { amount, currency },
    }))
    const answer = await payments.asService().attempt.requestRefunds({ orderId, attemptId, refunds })
    if (!answer.ok) {
      log.warn({ orderId, code: answer.code }, 'payments did not take refunds; asking again')
      return
    }
    crashPoint('booking.refund.asked')
    const done = answer.value.items.filter(({ status }) => status === 'done').map(({ refundId }) => refundId)
    if (done.length > 0) await markDone(db, done)
  }
}
