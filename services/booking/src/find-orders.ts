import type { Database } from '@marquee/kit/sql'
import type { Announcer } from './announcer.ts'
import { orderNumber } from './order-record.ts'
import type { OrderSecrets } from './order-secret.ts'
import { findOrdersOfEmail } from './order-view.ts'
import type { ShowLibrary } from './show-library.ts'

type Deps = {
  db: Database
  library: ShowLibrary
  secrets: OrderSecrets
  announcer: Announcer
  ids: { uuid: () => string }
}

/** Has the links to an address's orders mailed to it; nothing tells the asker whether there are any. */
export function createFindOrders({ db, library, secrets, announcer, ids }: Deps) {
  return async (email: string): Promise<void> => {
    const found = await findOrdersOfEmail(db, email)
    if (found.length === 0) return
    const orders = await Promise.all(
      found.map(async ({ id, showId }) => {
        const facts = (await library.find(db, showId))?.facts
        const { movieTitle = '', localStart = '' } = facts ?? {}
        return { orderId: id, number: orderNumber(id), movieTitle, localStart, secret: secrets.of(id) }
      }),
    )
    await db.transaction((tx) => announcer.linksRequested(tx, { requestId: ids.uuid(), email, orders }))
  }
}
