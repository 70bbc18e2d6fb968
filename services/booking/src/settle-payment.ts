import { crashPoint } from '@marquee/kit/resilience'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { Announcer } from './announcer.ts'
import { freeClaims, moveClaims } from './claim-store.ts'
import type { BookingMetrics } from './metrics.ts'
import { orderLines } from './order-lines.ts'
import type { OrderRecord } from './order-record.ts'
import { become, isSold } from './order-state.ts'
import { updateOrder } from './order-store.ts'
import { oweCapture } from './refund-store.ts'
import { insertLines, insertTickets, type NewTicket } from './sale-store.ts'
import type { ShowDesk } from './show-desk.ts'
import type { TicketCodes } from './ticket-code.ts'
import { type LockedOrder, withOrder, withOrderIn } from './with-order.ts'

type Capture = { orderId: string; attemptId: string; amount: number }
type Failure = { orderId: string; attemptId: string }

export type SettlePayment = {
  /** Money came in: tickets if the seats are still there, else a refund. */
  captured: (capture: Capture) => Promise<void>
  capturedIn: (tx: Transaction, capture: Capture) => Promise<void>
  /** No money will come: the seats are held again if time is left, else free. */
  failed: (failure: Failure) => Promise<void>
  failedIn: (tx: Transaction, failure: Failure) => Promise<void>
}

type Deps = {
  db: Database
  desk: ShowDesk
  codes: TicketCodes
  announcer: Announcer
  metrics: BookingMetrics
  ids: { uuid: () => string }
}

/** One transition for response, webhook and reconciler alike; in any order, any number of times. */
export function createSettlePayment(deps: Deps): SettlePayment {
  const { db, desk, codes, announcer, metrics, ids } = deps

  return {
    captured: async (capture) => {
      await withOrder({ db, desk }, capture.orderId, (tx, locked) => winOrOwe(tx, locked, capture))
    },
    capturedIn: async (tx, capture) => {
      if (await alreadyWon(tx, capture)) return
      await withOrderIn({ tx, desk }, capture.orderId, (tx, locked) => winOrOwe(tx, locked, capture))
    },
    failed: async (failure) => {
      await withOrder({ db, desk }, failure.orderId, (tx, locked) => fail(tx, locked, failure))
    },
    failedIn: async (tx, failure) => {
      await withOrderIn({ tx, desk }, failure.orderId, (tx, locked) => fail(tx, locked, failure))
    },
  }

  async function winOrOwe(tx: Transaction, locked: LockedOrder, capture: Capture): Promise<void> {
    const { show, order } = locked
    const winning = order.attemptId === capture.attemptId
    if (winning && isSold(order.status)) return
    const waiting = winning && order.status === 'paying'
    if (waiting && !show.cancelled && capture.amount === order.total) {
      if (await moveClaims(tx, locked, { from: 'paying', to: 'sold' })) {
        await sell(tx, locked)
        return
      }
    }
    await giveBack(tx, locked, { ...capture, waiting })
  }

  async function sell(tx: Transaction, { show, order }: LockedOrder): Promise<void> {
    const tickets: NewTicket[] = order.seats.map((seat) => {
      const id = ids.uuid()
      const code = codes.issue({ ticketId: id, showId: order.showId, seatId: seat.seatId })
      return { id, seat, code, fee: order.bookingFee }
    })
    // All in one flight: nothing here waits for an answer of another.
    await Promise.all([
      updateOrder(tx, order, { status: become(order.status, 'confirmed'), sale: show.sellable.facts }),
      insertTickets(tx, order, tickets),
      insertLines(tx, order.id, orderLines(order.seats, order)),
      announcer.confirmed(tx, {
        id: order.id,
        version: order.version + 1,
        movieId: show.sellable.facts.movieId,
        tickets: tickets.length,
      }),
    ])
    crashPoint('booking.tickets.written')
    metrics.confirmed(tickets.length)
  }

  async function giveBack(
    tx: Transaction,
    locked: LockedOrder,
    { attemptId, amount, waiting }: Capture & { waiting: boolean },
  ): Promise<void> {
    const { show, order } = locked
    const reason = show.cancelled ? 'show-cancelled' : 'seats-gone'
    const owed = await oweCapture(tx, order, { id: ids.uuid(), attemptId, amount, reason })
    let current: OrderRecord = order
    if (waiting) {
      await freeClaims(tx, locked)
      current = await updateOrder(tx, order, { status: become(order.status, 'expired') })
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
      if (!(await moveClaims(tx, locked, { from: 'paying', to: 'held' })))
        throw new Error(`order ${order.id} lost a seat while it was paying`)
      await updateOrder(tx, order, { status: become(order.status, 'held') })
      return
    }
    await freeClaims(tx, locked)
    await announcer.expired(tx, [await updateOrder(tx, order, { status: become(order.status, 'expired') })])
  }
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
