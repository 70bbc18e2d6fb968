import type { Database, Queryable, Transaction } from '@marquee/kit/sql'
import type { OrderRecord } from './order-record.ts'
import { lockOrder } from './order-store.ts'
import type { OpenShow, ShowDesk } from './show-desk.ts'

export type LockedOrder = { show: OpenShow; order: OrderRecord }

/** Locks an order's show, then the order, and runs `work`; undefined for an unknown order. */
export async function withOrder<Result>(
  { db, desk }: { db: Database; desk: ShowDesk },
  orderId: string,
  work: (tx: Transaction, locked: LockedOrder) => Promise<Result>,
): Promise<Result | undefined> {
  const showId = await showOf(db, orderId)
  if (showId === undefined) return undefined
  return desk.change([showId], (tx, shows) => locked(tx, { show: shows.get(showId), orderId }, work))
}

/** The same in a transaction that somebody else commits. */
export async function withOrderIn<Result>(
  { tx, desk }: { tx: Transaction; desk: ShowDesk },
  orderId: string,
  work: (tx: Transaction, locked: LockedOrder) => Promise<Result>,
): Promise<Result | undefined> {
  const showId = await showOf(tx, orderId)
  if (showId === undefined) return undefined
  return desk.changeIn(tx, [showId], (tx, shows) => locked(tx, { show: shows.get(showId), orderId }, work))
}

async function locked<Result>(
  tx: Transaction,
  { show, orderId }: { show: OpenShow | undefined; orderId: string },
  work: (tx: Transaction, locked: LockedOrder) => Promise<Result>,
): Promise<Result> {
  const order = await lockOrder(tx, orderId)
  if (!show || !order) throw new Error(`order ${orderId} lost its show`)
  return work(tx, { show, order })
}

// An order never changes its show, so this needs no lock, and what was read once stays true.
const showsOf = new Map<string, string>()
const mostKept = 20_000

/** The show of an order, undefined for an unknown one. */
export async function showOf(db: Queryable, orderId: string): Promise<string | undefined> {
  const known = showsOf.get(orderId)
  if (known !== undefined) return known
  const { rows } = await db.query<{ showId: string }>(
    `select show_id as "showId" from orders where id = $1`,
    [orderId],
    { name: 'booking-show-of-order' },
  )
  const showId = rows[0]?.showId
  if (showId === undefined) return undefined
  keepShowOf(orderId, showId)
  return showId
}

/** Spares the next one who wants to change the order a question. */
export function keepShowOf(orderId: string, showId: string): void {
  const oldest = showsOf.size >= mostKept ? showsOf.keys().next().value : undefined
  if (oldest !== undefined) showsOf.delete(oldest)
  showsOf.set(orderId, showId)
}
