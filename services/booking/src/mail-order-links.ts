import type { Database } from '@marquee/kit/sql'
import type { Announcer } from './announcer.ts'
import { countMailedLinks, lockWaitingRequests, settleLinkRequest } from './link-request-store.ts'
import { findOrdersOfEmail } from './order-view.ts'

type Deps = { db: Database; announcer: Announcer; mailsAnHour: () => number }

const atOnce = 50

/**
 * Has the links to an address's orders mailed to it, later than the answer, so that its time says nothing of whether there
 * are any. What is too much for one mailbox is dropped in silence.
 */
export function createMailOrderLinks({ db, announcer, mailsAnHour }: Deps) {
  const mailSome = () =>
    db.transaction(async (tx) => {
      const waiting = await lockWaitingRequests(tx, atOnce)
      // In one order everywhere, so that instances that count for the same addresses do not wait for each other.
      const inOrder = waiting.toSorted((a, b) => (a.subject < b.subject ? -1 : 1))
      for (const { id, subject, email } of inOrder) {
        const found =
          (await countMailedLinks(tx, subject)) < mailsAnHour() ? await findOrdersOfEmail(tx, email) : []
        const orders = found.map(({ id }) => ({ orderId: id }))
        if (orders.length > 0) await announcer.linksRequested(tx, { requestId: id, email, orders })
        await settleLinkRequest(tx, id, orders.length > 0)
      }
      return waiting.length
    })
  return async (): Promise<void> => {
    while ((await mailSome()) === atOnce);
  }
}
