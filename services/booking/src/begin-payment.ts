import type { Database } from '@marquee/kit/sql'
import { holdStands } from './change-hold.ts'
import { moveClaims } from './claim-store.ts'
import type { OrderRecord } from './order-record.ts'
import { become } from './order-state.ts'
import { type Idempotency, updateOrder } from './order-store.ts'
import { rememberRequest } from './request-store.ts'
import type { SellableShow } from './sellable-show.ts'
import type { ShowDesk } from './show-desk.ts'
import { withOrder } from './with-order.ts'

export type BeginResult =
  | { ok: true; order: OrderRecord; show: SellableShow }
  | { ok: false; code: 'not-found' | 'hold-expired' | 'payment-in-progress' | 'order-final' }

export type BeginPayment = (
  orderId: string,
  given: { attemptId: string; idempotency: Idempotency | undefined },
) => Promise<BeginResult>

/** Turns an order's claims to paying, all of them or none. From here only a final answer moves the order. */
export function createBeginPayment(deps: { db: Database; desk: ShowDesk }): BeginPayment {
  return async (orderId, { attemptId, idempotency }) => {
    const result = await withOrder(deps, orderId, async (tx, locked): Promise<BeginResult> => {
      const { show, order } = locked
      const obstacle = holdStands(locked)
      if (obstacle) return { ok: false, code: obstacle }
      if (show.cancelled) return { ok: false, code: 'hold-expired' }
      const [owned, paying] = await Promise.all([
        moveClaims(tx, locked, { from: 'held', to: 'paying' }),
        updateOrder(tx, order, { status: become(order.status, 'paying'), attemptId }),
        idempotency && rememberRequest(tx, idempotency, { orderId, attemptId }),
      ])
      if (!owned) throw new Error(`order ${orderId} lost a seat while its show was locked`)
      return { ok: true, order: paying, show: show.sellable }
    })
    return result ?? { ok: false, code: 'not-found' }
  }
}
