import type { OrderStatus } from '@marquee/contracts/booking'

/** Where an order may go from where it is; nothing else moves one. */
const orderTransitions = {
  held: ['paying', 'expired', 'released'],
  paying: ['confirmed', 'held', 'expired'],
  confirmed: ['partly-refunded', 'refunded'],
  'partly-refunded': ['partly-refunded', 'refunded'],
  refunded: [],
  expired: [],
  released: [],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>

function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
  return orderTransitions[from].some((status) => status === to)
}

/** Throws on a move the table does not know: a bug, since every use case looks at the status under the lock. */
export function become(from: OrderStatus, to: OrderStatus): OrderStatus {
  if (!mayBecome(from, to)) throw new Error(`an order that is ${from} cannot become ${to}`)
  return to
}

/** Whether tickets were issued. */
export function isSold(status: OrderStatus): boolean {
  return status === 'confirmed' || status === 'partly-refunded' || status === 'refunded'
}
