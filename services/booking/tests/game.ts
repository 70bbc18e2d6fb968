import type { ShowFacts } from '@marquee/contracts/theaters'
import type { BoxOffice } from './box-office.ts'

export type Game = {
  show: ShowFacts
  /** Orders as their buyers were told, oldest first. */
  orders: { id: string; userId: string }[]
  /** Tickets that a payment's answer promised. */
  promised: { orderId: string; ticketId: string }[]
  /** What somebody was answered that must not happen: a server error. */
  bugs: string[]
}
export function attemptsOf(office: BoxOffice, game: Game) {
  const own = new Set(game.orders.map(({ id }) => id))
  return [...office.payments.attempts.values()].filter(({ orderId }) => own.has(orderId))
}
