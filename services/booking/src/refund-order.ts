import type { Database, Transaction } from '@marquee/kit/sql'
import type { Announcer, RefundReason } from './announcer.ts'
import { freeClaims } from './claim-store.ts'
import type { BookingMetrics } from './metrics.ts'
import { createKeysInUse, type Done, type KeyRefusal, writeOnce } from './once-a-key.ts'
import type { OrderRecord } from './order-record.ts'
import { become } from './order-state.ts'
import { type Idempotency, updateOrder } from './order-store.ts'
import { losingCompany } from './order-wish.ts'
import { type OwnTicket, oweTickets, ticketsOf } from './refund-store.ts'
import { rememberRequests } from './request-store.ts'
import type { ShowDesk } from './show-desk.ts'
import { type LockedOrder, withOrder } from './with-order.ts'

export type RefundResult =
  | { ok: true; order: OrderRecord; tickets: string[] }
  | { ok: false; code: 'not-found' | 'too-late' | 'already-refunded' | 'order-final' }
  | { ok: false; code: 'invalid-input'; errors: { path: string; message: string }[] }

export type RefundWish = {
  orderId: string
  /** All that are left when absent. */
  tickets?: string[] | undefined
  /** Staff may give back after the cut-off, after admission, and what the rest was sold only beside. */
  staff: boolean
  idempotency?: Idempotency | undefined
}
type Deps = {
  db: Database
  desk: ShowDesk
  announcer: Announcer
  metrics: BookingMetrics
  ids: { uuid: () => string }
}

/** Ends tickets, frees their seats and owes their price, in one transaction; a job carries the money back. */
export function createRefundOrder(deps: Deps) {
  const unlessInUse = createKeysInUse()

  return (wish: RefundWish): Promise<RefundResult | Done | KeyRefusal> =>
    unlessInUse(wish, () => writeOnce(deps.db, wish, () => refund(wish)))

  async function refund(wish: RefundWish): Promise<RefundResult> {
    const result = await withOrder(deps, wish.orderId, async (tx, locked): Promise<RefundResult> => {
      const { show, order } = locked
      if (order.status === 'refunded') return { ok: false, code: 'already-refunded' }
      if (order.status !== 'confirmed' && order.status !== 'partly-refunded')
        return { ok: false, code: 'order-final' }
      const own = await ticketsOf(tx, order.id)
      const strange = (wish.tickets ?? []).filter((id) => !own.some((ticket) => ticket.id === id))
      if (strange.length > 0)
        return {
          ok: false,
          code: 'invalid-input',
          errors: [{ path: 'tickets', message: 'not a ticket of this order' }],
        }
      const asked = own.filter(({ id }) => wish.tickets?.includes(id) ?? true)
      const left = asked.filter(({ refunded }) => !refunded)
      if (left.length === 0) return { ok: false, code: 'already-refunded' }
      const { startsAt, refundCutoffMinutes } = show.sellable.facts
      const until = Temporal.Instant.from(startsAt).epochMilliseconds - refundCutoffMinutes * 60_000
      // A cancelled show gives everything back by itself soon; who asks first must not get less.
      const anyTime = wish.staff || show.cancelled
      if (!anyTime && (show.now > until || left.some(({ admitted }) => admitted)))
        return { ok: false, code: 'too-late' }
      const held = own.filter(({ refunded }) => !refunded)
      const before = typesOf(order, held)
      const after = typesOf(
        order,
        held.filter((ticket) => !left.includes(ticket)),
      )
      const errors = anyTime ? [] : losingCompany(show.sellable, { before, after })
      if (errors.length > 0) return { ok: false, code: 'invalid-input', errors }
      const reason = show.cancelled ? 'show-cancelled' : 'requested'
      const refunded = await refundTickets(deps, tx, locked, { own, giveBack: left, reason })
      const tickets = left.map(({ id }) => id)
      if (wish.idempotency)
        await rememberRequests(tx, [{ idempotency: wish.idempotency, orderId: order.id, answer: tickets }])
      return { ok: true, order: refunded, tickets }
    })
    return result ?? { ok: false, code: 'not-found' }
  }
}

function typesOf({ seats }: OrderRecord, tickets: readonly OwnTicket[]): string[] {
  return tickets.flatMap((ticket) => seats.find(({ seatId }) => seatId === ticket.seatId)?.ticketType ?? [])
}

type Which = { own: readonly OwnTicket[]; giveBack: readonly OwnTicket[]; reason: RefundReason }

/** The booking fee comes back only when the cinema is the reason. */
export async function refundTickets(
  { announcer, metrics, ids }: Pick<Deps, 'announcer' | 'metrics' | 'ids'>,
  tx: Transaction,
  locked: LockedOrder,
  { own, giveBack, reason }: Which,
): Promise<OrderRecord> {
  const { order } = locked
  const refunds = giveBack.map(({ id, price, fee }) => ({
    id: ids.uuid(),
    ticketId: id,
    amount: reason === 'requested' ? price : price + fee,
  }))
  await oweTickets(tx, order, { refunds, reason })
  await freeClaims(
    tx,
    locked,
    giveBack.map(({ seatId }) => seatId),
  )
  const before = own.filter(({ refunded }) => refunded).length
  const status = before + giveBack.length === own.length ? 'refunded' : 'partly-refunded'
  const refunded = await updateOrder(tx, order, { status: become(order.status, status) })
  await announcer.refunded(tx, refunded, { tickets: refunds.map(({ ticketId }) => ticketId), reason })
  metrics.refunded(refunds.length, reason)
  return refunded
}
