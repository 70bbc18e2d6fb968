import {
  orderConfirmed,
  orderExpired,
  orderLinksRequested,
  orderRefunded,
  ticketAdmitted,
} from '@marquee/contracts/booking'
import type { Publisher } from '@marquee/kit/events'
import type { Transaction } from '@marquee/kit/sql'
import type { z } from 'zod'

type OrderAt = { id: string; version: number }
export type RefundReason = z.infer<typeof orderRefunded.schema>['reason']

/** Booking's durable events: published in the transaction of what they tell. */
export type Announcer = {
  confirmed: (tx: Transaction, order: OrderAt & { movieId: string; tickets: number }) => Promise<void>
  expired: (tx: Transaction, orders: readonly OrderAt[]) => Promise<void>
  refunded: (
    tx: Transaction,
    order: OrderAt,
    what: { tickets: string[]; reason: RefundReason },
  ) => Promise<void>
  admitted: (tx: Transaction, ticket: z.infer<typeof ticketAdmitted.schema>) => Promise<void>
  linksRequested: (tx: Transaction, links: z.infer<typeof orderLinksRequested.schema>) => Promise<void>
}

export function createAnnouncer(events: Publisher): Announcer {
  return {
    async confirmed(tx, { id, version, ...sold }) {
      await events.publish(tx, orderConfirmed, { orderId: id, version, ...sold }, { key: id, version })
    },
    async expired(tx, orders) {
      await events.publishAll(
        tx,
        orders.map(({ id, version }) => ({
          event: orderExpired,
          payload: { orderId: id, version },
          key: id,
          version,
        })),
      )
    },
    async refunded(tx, { id, version }, { tickets, reason }) {
      await events.publish(tx, orderRefunded, { orderId: id, version, tickets, reason }, { key: id, version })
    },
    async admitted(tx, ticket) {
      await events.publish(tx, ticketAdmitted, ticket, { key: ticket.ticketId, version: 1 })
    },
    async linksRequested(tx, links) {
      await events.publish(tx, orderLinksRequested, links, { key: links.requestId, version: 1 })
    },
  }
}
