import type { Database } from '@marquee/kit/sql'
import { freeClaims, moveClaims, ownsSeats } from './claim-store.ts'
import type { OrderRecord } from './order-record.ts'
import { become } from './order-state.ts'
import { updateOrder } from './order-store.ts'
import type { ShowDesk } from './show-desk.ts'
import { type LockedOrder, withOrder } from './with-order.ts'

type Deps = { db: Database; desk: ShowDesk }
type Refusal<Code extends string> = { ok: false; code: Code }

/** Whether the buyer may still do something with held seats; says why not. */
export function holdStands({
  show,
  order,
}: LockedOrder): 'hold-expired' | 'payment-in-progress' | 'order-final' | undefined {
  switch (order.status) {
    case 'held':
      return order.holdExpiresAt > show.now && ownsSeats(show, order, 'held') ? undefined : 'hold-expired'
    case 'paying':
      return 'payment-in-progress'
    case 'expired':
    case 'released':
      return 'hold-expired'
    case 'confirmed':
    case 'partly-refunded':
    case 'refunded':
      return 'order-final'
    default:
      return order.status satisfies never
  }
}

export type ExtendResult =
  | { ok: true; order: OrderRecord }
  | Refusal<'not-found' | 'already-extended' | 'hold-expired' | 'payment-in-progress' | 'order-final'>

/** Holds the seats longer, once an order. */
export function createExtendHold(deps: Deps & { rules: { extendMinutes: number } }) {
  return async (orderId: string): Promise<ExtendResult> => {
    const result = await withOrder(deps, orderId, async (tx, locked): Promise<ExtendResult> => {
      const { order } = locked
      const obstacle = holdStands(locked)
      if (obstacle) return { ok: false, code: obstacle }
      if (order.extended) return { ok: false, code: 'already-extended' }
      const holdExpiresAt = order.holdExpiresAt + deps.rules.extendMinutes * 60_000
      const lost = await moveClaims(tx, [locked], { from: 'held', to: 'held', expiresAt: holdExpiresAt })
      if (lost.size > 0) throw new Error(`order ${orderId} lost a seat while its show was locked`)
      return { ok: true, order: await updateOrder(tx, order, { extended: true, holdExpiresAt }) }
    })
    return result ?? { ok: false, code: 'not-found' }
  }
}

export type ReleaseResult = { ok: true } | Refusal<'not-found' | 'payment-in-progress' | 'order-final'>

/** Lets the seats go at once. Doing it twice, or after the time ran out, is no error. */
export function createReleaseOrder(deps: Deps) {
  return async (orderId: string): Promise<ReleaseResult> => {
    const result = await withOrder(deps, orderId, async (tx, locked): Promise<ReleaseResult> => {
      const { order } = locked
      if (order.status === 'expired' || order.status === 'released') return { ok: true }
      if (order.status === 'paying') return { ok: false, code: 'payment-in-progress' }
      if (order.status !== 'held') return { ok: false, code: 'order-final' }
      await freeClaims(tx, locked)
      await updateOrder(tx, order, { status: become(order.status, 'released') })
      return { ok: true }
    })
    return result ?? { ok: false, code: 'not-found' }
  }
}
