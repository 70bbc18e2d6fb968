import { type bookingContract, orderLinksRequested } from '@marquee/contracts/booking'
import type { identityContract } from '@marquee/contracts/identity'
import { anonymousCaller, type Client } from '@marquee/kit/contract'
import { z } from 'zod'
import type { MailRow } from './mail-store.ts'
import { QueuedMove } from './move-store.ts'
import { accountMail } from './templates/account.ts'
import type { Mail } from './templates/mail.ts'
import { orderConfirmedMail, orderRefundedMail } from './templates/order.ts'
import { orderLinksMail } from './templates/order-links.ts'
import { showMovedMail } from './templates/show-moved.ts'

type Deps = {
  booking: Client<(typeof bookingContract)['endpoints']>
  identity: Client<(typeof identityContract)['endpoints']>
  origin: string
  now: () => Temporal.Instant
}

const OrderPayload = z.object({ orderId: z.string() })
const RefundPayload = OrderPayload.extend({
  tickets: z.array(z.string()),
  reason: z.enum(['requested', 'show-cancelled', 'seats-gone']),
})

/** Makes a mail from what was queued; throws when a neighbour does not answer, and then it is tried later. */
export function createMakeMail({ booking, identity, origin, now }: Deps) {
  // Whoever is signed in gives no address with an order: theirs is the account's.
  async function findOrder(orderId: string) {
    const order = await booking.asService().orderForMail({ orderId })
    if (order.email !== null || order.userId === null) return order
    const { items } = await identity.asService().findUsers({ ids: [order.userId] })
    return { ...order, email: items[0]?.email ?? null }
  }

  function calendarOf({ id: orderId, linkSecret: secret }: { id: string; linkSecret: string }) {
    const guest = booking.as({ ...anonymousCaller, secret })
    return () => guest.orderCalendar({ orderId })
  }

  async function orderLinks(payload: unknown): Promise<Mail> {
    const { email, orders } = orderLinksRequested.schema.parse(payload)
    const found = []
    for (const { orderId } of orders) found.push(await booking.asService().orderForMail({ orderId }))
    return orderLinksMail(email, found, origin)
  }

  return async ({ kind, payload }: Pick<MailRow, 'kind' | 'payload'>): Promise<Mail> => {
    switch (kind) {
      case 'order-confirmed': {
        const order = await findOrder(OrderPayload.parse(payload).orderId)
        return orderConfirmedMail(order, calendarOf(order), origin)
      }
      case 'order-show-moved': {
        const { orderId, before, mayKnow } = QueuedMove.parse(payload)
        const order = await findOrder(orderId)
        return showMovedMail(order, before, { calendar: calendarOf(order), origin, now: now(), mayKnow })
      }
      case 'order-refunded': {
        const { orderId, tickets, reason } = RefundPayload.parse(payload)
        return orderRefundedMail(await findOrder(orderId), tickets, reason, origin)
      }
      case 'order-links':
        return orderLinks(payload)
      case 'verify-email':
      case 'reset-password':
      case 'password-changed':
      case 'email-already-registered':
        return accountMail(kind, payload, origin)
      default:
        return kind satisfies never
    }
  }
}
export type MakeMail = ReturnType<typeof createMakeMail>
