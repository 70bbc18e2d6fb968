import { crashPoint } from '@marquee/kit/resilience'
import type { Database, Transaction } from '@marquee/kit/sql'
import { currentContext, type RequestContext } from '@marquee/kit/telemetry'
import type { Announcer } from './announcer.ts'
import { freeClaims, moveClaims } from './claim-store.ts'
import type { BookingMetrics } from './metrics.ts'
import { createOrderGroup, type LockedWish } from './order-group.ts'
import { orderLines } from './order-lines.ts'
import type { OrderRecord } from './order-record.ts'
import { become, isSold } from './order-state.ts'
import { updateOrder, updateOrders } from './order-store.ts'
import { oweCapture } from './refund-store.ts'
import { insertLines, insertTickets, type NewTicket } from './sale-store.ts'
import type { ShowDesk } from './show-desk.ts'
import type { TicketCodes } from './ticket-code.ts'
import { type LockedOrder, withOrder, withOrderIn } from './with-order.ts'

type Capture = { orderId: string; attemptId: string; amount: number }
type Failure = { orderId: string; attemptId: string }

export type SettlePayment = {
  /**
   * Money came in: tickets if the seats are still there, else a refund. Answers what was sold now, undefined when it
   * was before, or could not be.
   */
  captured: (capture: Capture) => Promise<NewTicket[] | undefined>
  capturedIn: (tx: Transaction, capture: Capture) => Promise<void>
  /** No money will come: the seats are held again if time is left, else free. */
  failed: (failure: Failure) => Promise<void>
  failedIn: (tx: Transaction, failure: Failure) => Promise<void>
  /** Resolves once no capture waits and none is in flight. */
  idle: () => Promise<void>
}

type Deps = {
  db: Database
  desk: ShowDesk
  codes: TicketCodes
  announcer: Announcer
  metrics: BookingMetrics
  ids: { uuid: () => string }
  batch: { inFlight: number; most: number }
}
type Captured = Capture & { cause: RequestContext | undefined }
/** What was sold, or undefined. */
type Sold = { tickets: NewTicket[] | undefined }

/** One transition for response, webhook and reconciler alike; in any order, any number of times. */
export function createSettlePayment(deps: Deps): SettlePayment {
  const { db, desk, codes, announcer, metrics, ids, batch } = deps
  const captures = createOrderGroup<Captured, Sold>({ db, desk, batch, work: winOrOwe })

  return {
    captured: async (capture) => (await captures.submit({ ...capture, cause: currentContext() }))?.tickets,
    capturedIn: async (tx, capture) => {
      if (await alreadyWon(tx, capture)) return
      const wish = { ...capture, cause: currentContext() }
      await withOrderIn({ tx, desk }, capture.orderId, (tx, locked) => winOrOwe(tx, [{ ...locked, wish }]))
    },
    failed: async (failure) => {
      await withOrder({ db, desk }, failure.orderId, (tx, locked) => fail(tx, locked, failure))
    },
    failedIn: async (tx, failure) => {
      await withOrderIn({ tx, desk }, failure.orderId, (tx, locked) => fail(tx, locked, failure))
    },
    idle: captures.idle,
  }

  async function winOrOwe(tx: Transaction, all: readonly LockedWish<Captured>[]): Promise<Sold[]> {
    const left = all.filter((one) => !hasWon(one))
    const winning = left.filter(mayWin)
    const gone =
      winning.length > 0 ? await moveClaims(tx, winning, { from: 'paying', to: 'sold' }) : new Set<string>()
    const sold = await sell(
      tx,
      winning.filter(({ order }) => !gone.has(order.id)),
    )
    for (const one of left) if (!sold.has(one)) await giveBack(tx, one)
    return all.map((one) => ({ tickets: sold.get(one) }))
  }

  async function sell(
    tx: Transaction,
    sales: readonly LockedWish<Captured>[],
  ): Promise<Map<LockedWish<Captured>, NewTicket[]>> {
    const sold = new Map(sales.map((sale) => [sale, ticketsFor(sale.order)]))
    if (sales.length === 0) return sold
    // All in one flight: nothing here waits for an answer of another.
    await Promise.all([
      updateOrders(
        tx,
        sales.map(({ order, show }) => ({
          order,
          change: { status: become(order.status, 'confirmed'), sale: show.sellable.facts },
        })),
      ),
      insertTickets(
        tx,
        [...sold].map(([{ order }, tickets]) => ({ order, tickets })),
      ),
      insertLines(
        tx,
        sales.map(({ order }) => ({ order, lines: orderLines(order.seats, order) })),
      ),
      announcer.confirmed(
        tx,
        sales.map(({ order, show, wish }) => ({
          id: order.id,
          version: order.version + 1,
          movieId: show.sellable.facts.movieId,
          tickets: order.seats.length,
          cause: wish.cause,
        })),
      ),
    ])
    crashPoint('booking.tickets.written')
    tx.afterCommit(() => {
      for (const { order } of sales) metrics.confirmed(order.seats.length)
    })
    return sold
  }

  function ticketsFor(order: OrderRecord): NewTicket[] {
    return order.seats.map((seat) => {
      const id = ids.uuid()
      const code = codes.issue({ ticketId: id, showId: order.showId, seatId: seat.seatId })
      return { id, seat, code, fee: order.bookingFee }
    })
  }

  async function giveBack(tx: Transaction, locked: LockedWish<Captured>): Promise<void> {
    const { show, order, wish } = locked
    const { attemptId, amount } = wish
    const reason = show.cancelled ? 'show-cancelled' : 'seats-gone'
    const owed = await oweCapture(tx, order, { id: ids.uuid(), attemptId, amount, reason })
    let current: OrderRecord = order
    if (isWaiting(locked)) {
      await freeClaims(tx, locked)
      current = await updateOrder(tx, order, { status: become(order.status, 'expired') })
      if (!owed) await announcer.expired(tx, [current])
    }
    if (!owed) return
    await announcer.refunded(tx, current, { tickets: [], reason })
    metrics.refunded(order.seats.length, reason)
  }

  async function fail(tx: Transaction, locked: LockedOrder, { attemptId }: Failure): Promise<void> {
    const { show, order } = locked
    if (order.status !== 'paying' || order.attemptId !== attemptId) return
    metrics.declined()
    if (order.holdExpiresAt > show.now && !show.cancelled) {
      const lost = await moveClaims(tx, [locked], { from: 'paying', to: 'held' })
      if (lost.size > 0) throw new Error(`order ${order.id} lost a seat while it was paying`)
      await updateOrder(tx, order, { status: become(order.status, 'held') })
      return
    }
    await freeClaims(tx, locked)
    await announcer.expired(tx, [await updateOrder(tx, order, { status: become(order.status, 'expired') })])
  }
}

function hasWon({ order, wish }: LockedWish<Captured>): boolean {
  return order.attemptId === wish.attemptId && isSold(order.status)
}

function isWaiting({ order, wish }: LockedWish<Captured>): boolean {
  return order.attemptId === wish.attemptId && order.status === 'paying'
}

function mayWin(one: LockedWish<Captured>): boolean {
  return isWaiting(one) && !one.show.cancelled && one.wish.amount === one.order.total
}

// Most webhooks tell what the response already told; they need no lock.
async function alreadyWon(tx: Transaction, { orderId, attemptId }: Capture): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from orders where id = $1 and attempt_id = $2 and status in ('confirmed', 'partly-refunded', 'refunded')`,
    [orderId, attemptId],
    { name: 'booking-already-won' },
  )
  return rowCount > 0
}
