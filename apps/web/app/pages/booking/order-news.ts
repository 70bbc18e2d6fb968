import type { Order } from '@marquee/contracts/booking'

/** What became of an order; `amount` is what comes back, in minor units of its currency. */
export type News =
  | { kind: 'cancelled' | 'expired' | 'released' }
  | { kind: 'refunded' | 'cancelled-refunded' | 'paid-back'; amount: number }

const sum = (amounts: readonly { amount: { amount: number } }[]) =>
  amounts.reduce((total, one) => total + one.amount.amount, 0)

/** What happened to an order between two looks at it that its keeper should be told, whoever did it. */
export function newsOf(before: Order, now: Order): News | undefined {
  const refunded = sum(now.refunds) - sum(before.refunds)
  if (refunded > 0) return { kind: now.show.cancelled ? 'cancelled-refunded' : 'refunded', amount: refunded }
  const returned = sum(now.returned ?? []) - sum(before.returned ?? [])
  if (returned > 0) return { kind: 'paid-back', amount: returned }
  if (now.show.cancelled && !before.show.cancelled) return { kind: 'cancelled' }
  // A hold of a cancelled show ends with it, which was told.
  if (now.status === before.status || now.show.cancelled) return undefined
  return now.status === 'expired' || now.status === 'released' ? { kind: now.status } : undefined
}
