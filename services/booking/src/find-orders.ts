import type { Database } from '@marquee/kit/sql'
import type { Announcer } from './announcer.ts'
import { findOrdersOfEmail } from './order-view.ts'

type Deps = { db: Database; announcer: Announcer; ids: { uuid: () => string } }

/** Has the links to an address's orders mailed to it; nothing tells the asker whether there are any. */
export function createFindOrders({ db, announcer, ids }: Deps) {
  return async (email: string): Promise<void> => {
    const found = await findOrdersOfEmail(db, email)
    if (found.length === 0) return
    const orders = found.map(({ id }) => ({ orderId: id }))
    await db.transaction((tx) => announcer.linksRequested(tx, { requestId: ids.uuid(), email, orders }))
  }
}
