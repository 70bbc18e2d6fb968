import {
  orderConfirmed,
  orderExpired,
  orderLinksRequested,
  orderRefunded,
  orderShowMoved,
  ticketAdmitted,
  type WhenAndWhere,
} from '@marquee/contracts/booking'
import type { Publisher } from '@marquee/kit/events'
import type { Transaction } from '@marquee/kit/sql'
import type { RequestContext } from '@marquee/kit/telemetry'
import type { z } from 'zod'

type OrderAt = { id: string; version: number }
/** `cause`: the request that paid, of many that are announced together. */
type Sale = OrderAt & { movieId: string; tickets: number; cause: RequestContext | undefined }
/** `before`: where the show was as far as its holder knew. */
type Moved = OrderAt & { showVersion: number; before: WhenAndWhere }
export type RefundReason = z.infer<typeof orderRefunded.schema>['reason']

/** Booking's durable events: published in the transaction of what they tell. */
export type Announcer = {
  confirmed: (tx: Transaction, sales: readonly Sale[]) => Promise<void>
  expired: (tx: Transaction, orders: readonly OrderAt[]) => Promise<void>
  refunded: (
    tx: Transaction,
    order: OrderAt,
    what: { tickets: string[]; reason: RefundReason },
  ) => Promise<void>
  showMoved: (tx: Transaction, orders: readonly Moved[]) => Promise<void>
  admitted: (tx: Transaction, ticket: z.infer<typeof ticketAdmitted.schema>) => Promise<void>
  linksRequested: (tx: Transaction, links: z.infer<typeof orderLinksRequested.schema>) => Promise<void>
}

export function createAnnouncer(events: Publisher): Announcer {
  return {
    async confirmed(tx, sales) {
      await events.publishAll(
        tx,
        sales.map(({ id, version, movieId, tickets, cause }) => ({
          event: orderConfirmed,
          payload: { orderId: id, version, movieId, tickets },
          key: id,
          version,
          cause,
        })),
      )
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
    async showMoved(tx, orders) {
      await events.publishAll(
        tx,
        orders.map(({ id, version, showVersion, before }) => ({
          event: orderShowMoved,
          payload: { orderId: id, showVersion, before },
          key: id,
          version,
        })),
      )
    },
    async admitted(tx, ticket) {
      await events.publish(tx, ticketAdmitted, ticket, { key: ticket.ticketId, version: 1 })
    },
    async linksRequested(tx, links) {
      await events.publish(tx, orderLinksRequested, links, { key: links.requestId, version: 1 })
    },
  }
}
