import type { ShowFacts } from '@marquee/contracts/theaters'
import { adult, type BoxOffice } from './box-office.ts'

export const hall = ['............', '............']

/** Somebody who holds seats of a show of its own, and what became of their payment. */
export async function holdOne(office: BoxOffice, seatIds = ['A1', 'A2'], facts: Partial<ShowFacts> = {}) {
  const show = await office.putOn(hall, facts)
  const caller = office.person()
  const buyer = office.client.as(caller)
  const order = await buyer.createOrder({ showId: show.showId, seats: adult(...seatIds) })
  const pay = (card: string, idempotencyKey?: string) =>
    buyer.attempt.payOrder(
      { orderId: order.id, method: 'sandbox', card },
      idempotencyKey ? { idempotencyKey } : {},
    )
  const look = () => buyer.getOrder({ orderId: order.id })
  const attemptOf = () =>
    [...office.payments.attempts.values()].findLast(({ orderId }) => orderId === order.id)
  const owed = () => [...office.payments.refunds.values()].filter(({ orderId }) => orderId === order.id)
  return { show, buyer, order, pay, look, owed, attemptId: () => attemptOf()?.attemptId ?? '' }
}
