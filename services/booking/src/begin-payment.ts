import type { Database, Transaction } from '@marquee/kit/sql'
import { holdStands } from './change-hold.ts'
import { moveClaims } from './claim-store.ts'
import { createOrderGroup, type LockedWish } from './order-group.ts'
import type { OrderRecord } from './order-record.ts'
import { become } from './order-state.ts'
import { type Idempotency, updateOrders } from './order-store.ts'
import { rememberRequests } from './request-store.ts'
import type { SellableShow } from './sellable-show.ts'
import type { ShowDesk } from './show-desk.ts'

export type BeginResult =
  | { ok: true; order: OrderRecord; show: SellableShow }
  | { ok: false; code: 'not-found' | 'hold-expired' | 'payment-in-progress' | 'order-final' }

/** `attemptId` is made for this one call. */
type Begin = { orderId: string; attemptId: string; idempotency: Idempotency | undefined }
export type BeginPayment = {
  begin: (wish: Begin) => Promise<BeginResult>
  idle: () => Promise<void>
}

type Deps = { db: Database; desk: ShowDesk; batch: { inFlight: number; most: number } }

/** Turns an order's claims to paying, all of them or none. From here only a final answer moves the order. */
export function createBeginPayment(deps: Deps): BeginPayment {
  const group = createOrderGroup<Begin, BeginResult>({ ...deps, work: beginAll })

  return {
    begin: async (wish) => (await group.submit(wish)) ?? { ok: false, code: 'not-found' },
    idle: group.idle,
  }
}

async function beginAll(tx: Transaction, all: readonly LockedWish<Begin>[]): Promise<BeginResult[]> {
  const refusals = new Map(all.map((one) => [one, refusalOf(one)]))
  const beginning = all.filter((one) => !refusals.get(one))
  const paying = await turnToPaying(tx, beginning)
  return all.map((one) => {
    const code = refusals.get(one)
    // What began already is found as it was left.
    const order = paying.get(one.order.id) ?? one.order
    return code && !beganAlready(one) ? { ok: false, code } : { ok: true, order, show: one.show.sellable }
  })
}

function refusalOf(locked: LockedWish<Begin>): (BeginResult & { ok: false })['code'] | undefined {
  return holdStands(locked) ?? (locked.show.cancelled ? 'hold-expired' : undefined)
}

/** Asked again because nobody heard whether the first commit happened: it did. */
function beganAlready({ order, wish }: LockedWish<Begin>): boolean {
  return order.status === 'paying' && order.attemptId === wish.attemptId
}

async function turnToPaying(
  tx: Transaction,
  beginning: readonly LockedWish<Begin>[],
): Promise<Map<string, OrderRecord>> {
  if (beginning.length === 0) return new Map()
  const [lost, paying] = await Promise.all([
    moveClaims(tx, beginning, { from: 'held', to: 'paying' }),
    updateOrders(
      tx,
      beginning.map(({ order, wish: { attemptId } }) => ({
        order,
        change: { status: become(order.status, 'paying'), attemptId },
      })),
    ),
    rememberRequests(
      tx,
      beginning.flatMap(({ wish: { orderId, attemptId, idempotency } }) =>
        idempotency ? [{ idempotency, orderId, attemptId }] : [],
      ),
    ),
  ])
  const [gone] = lost
  if (gone) throw new Error(`order ${gone} lost a seat while its show was locked`)
  return new Map(paying.map((order) => [order.id, order]))
}
