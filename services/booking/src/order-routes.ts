import type { bookingContract, Order } from '@marquee/contracts/booking'
import { badCursor, fail, type Handlers, reply } from '@marquee/kit/contract'
import { crashPoint } from '@marquee/kit/resilience'
import type { Database } from '@marquee/kit/sql'
import qrcode from 'qrcode'
import { z } from 'zod'
import { calendarFile } from './calendar-file.ts'
import type { OrderSecrets } from './order-secret.ts'
import { findOrder, listOrdersOf, type OrderView } from './order-view.ts'
import type { createPayOrder } from './pay-order.ts'
import { worksForOrder } from './people-store.ts'
import { presentOrder, presentSeat, presentShow } from './present-order.ts'
import type { createRefundOrder } from './refund-order.ts'
import { refuse } from './refuse.ts'
import type { SellableShow } from './sellable-show.ts'
import type { ShowLibrary } from './show-library.ts'
import { findTicket } from './ticket-view.ts'

type Names =
  | 'listOrders'
  | 'findOrders'
  | 'getOrder'
  | 'openOrder'
  | 'payOrder'
  | 'refundOrder'
  | 'orderCalendar'
  | 'getTicket'
  | 'ticketQr'
  | 'orderForMail'
export type OrderRoutes = Pick<Handlers<(typeof bookingContract)['endpoints']>, Names>
type Deps = {
  db: Database
  library: ShowLibrary
  secrets: OrderSecrets
  payOrder: ReturnType<typeof createPayOrder>
  refundOrder: ReturnType<typeof createRefundOrder>
  /** Notes that an address wants the links to its orders. */
  askForLinks: (email: string) => Promise<void>
  now: () => Temporal.Instant
}

export function createOrderRoutes(deps: Deps): OrderRoutes {
  const { db, library, secrets, payOrder, refundOrder, askForLinks, now } = deps

  return {
    async listOrders({ cursor, limit }, { caller }) {
      if (cursor && !z.uuid().safeParse(cursor).success) return badCursor()
      const orders = await listOrdersOf(db, caller.userId ?? '', { before: cursor ?? null, limit: limit + 1 })
      const shown = orders.slice(0, limit)
      const shows = await library.findAll(
        db,
        shown.map(({ showId }) => showId),
      )
      const items = shown.map((order) => presentWith(order, shows.get(order.showId)))
      return { items, nextCursor: orders.length > limit ? (orders[limit - 1]?.id ?? null) : null }
    },

    async findOrders({ email }) {
      await askForLinks(email)
      return reply(202, { sent: true as const })
    },

    async getOrder({ orderId }) {
      const order = await findOrder(db, orderId)
      return order ? present(order) : fail('not-found')
    },

    // The gateway turns the proven secret into a cookie.
    openOrder: () => reply(204, undefined as never),

    async payOrder({ orderId, method, card, token }, { headers, idempotency }) {
      const result = await payOrder({ orderId, method, card, token, from: headers.origin, idempotency })
      if (!result.ok) return refuse(result)
      if (result.status === 'paying') return reply(202, { status: result.status, next: result.next })
      const tickets = result.tickets.map(({ id, seatId, code }) => ({ id, seatId, code }))
      return reply(200, { status: result.status, tickets })
    },

    async refundOrder({ orderId, tickets }, { caller, idempotency }) {
      // The guard does not ask this of a holder, nor of who has the secret; staff may be either as well.
      const staff = caller.userId !== undefined && (await worksForOrder(db, orderId, caller.userId))
      const result = await refundOrder({ orderId, tickets, staff, idempotency })
      if (!result.ok) return refuse(result)
      if (!('done' in result)) crashPoint('booking.refund.committed')
      const order = await findOrder(db, orderId)
      if (!order) return fail('not-found')
      const { status, refunds } = await present(order)
      return { status, refunds }
    },

    async orderCalendar({ orderId }) {
      const order = await findOrder(db, orderId)
      const show = order && (await library.find(db, order.showId))
      return order && show ? calendarFile(order, show.facts, now()) : fail('not-found')
    },

    async getTicket({ ticketId }) {
      const ticket = await findTicket(db, ticketId)
      const show = ticket && (await library.find(db, ticket.showId))
      if (!ticket || !show) return fail('not-found')
      return {
        id: ticket.id,
        orderId: ticket.orderId,
        code: ticket.code,
        show: presentShow(show.facts, ticket.showCancelled),
        seat: presentSeat(ticket.seat, ticket.currency),
        status: ticket.status,
        admittedAt: ticket.admittedAt?.toString() ?? null,
      }
    },

    async ticketQr({ ticketId }) {
      const ticket = await findTicket(db, ticketId)
      if (!ticket) return fail('not-found')
      return qrcode.toString(ticket.code, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 })
    },

    async orderForMail({ orderId }) {
      const order = await findOrder(db, orderId)
      if (!order) return fail('not-found')
      return { ...(await present(order)), userId: order.userId, linkSecret: secrets.of(orderId) }
    },
  }

  async function present(order: OrderView): Promise<Order> {
    return presentWith(order, await library.find(db, order.showId))
  }

  function presentWith(order: OrderView, show: SellableShow | undefined): Order {
    if (!show) throw new Error(`order ${order.id} lost its show`)
    return presentOrder(order, show.facts)
  }
}
