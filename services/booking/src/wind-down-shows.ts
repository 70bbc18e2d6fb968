import type { Database } from '@marquee/kit/sql'
import type { Announcer } from './announcer.ts'
import { freeClaims } from './claim-store.ts'
import { eachOnItsOwn } from './each-on-its-own.ts'
import type { BookingMetrics } from './metrics.ts'
import { become } from './order-state.ts'
import { lockOrders, updateOrder } from './order-store.ts'
import { refundTickets } from './refund-order.ts'
import { ticketsOf } from './refund-store.ts'
import type { ShowDesk } from './show-desk.ts'

// Small enough that one transaction stays short in a sold-out house.
const ordersAtOnce = 50

type Deps = {
  db: Database
  desk: ShowDesk
  announcer: Announcer
  metrics: BookingMetrics
  ids: { uuid: () => string }
}

/**
 * Refunds everybody of a cancelled show, some orders at a time. Orders that are paying are left alone:
 * their payment's end refunds or expires them. Returns how many orders it settled.
 */
export function createWindDownShows(deps: Deps) {
  const { db, desk, announcer } = deps

  return async (): Promise<number> => {
    const { rows } = await db.query<{ id: string }>(
      `select id from shows where winding_down order by id limit 20`,
    )
    let settled = 0
    await eachOnItsOwn(rows, async ({ id }) => {
      for (let count = -1; count !== 0; ) {
        count = await someOrders(id)
        settled += count
      }
      await finish(id)
    })
    return settled
  }

  async function someOrders(showId: string): Promise<number> {
    const { rows } = await db.query<{ id: string }>(
      `select id from orders where show_id = $1 and status in ('held', 'confirmed', 'partly-refunded')
        order by id limit $2`,
      [showId, ordersAtOnce],
    )
    if (rows.length === 0) return 0
    await desk.change([showId], async (tx, shows) => {
      const show = shows.get(showId)
      if (!show) throw new Error(`show ${showId} vanished under its lock`)
      for (const order of await lockOrders(
        tx,
        rows.map(({ id }) => id),
      )) {
        const locked = { show, order }
        if (order.status === 'held') {
          await freeClaims(tx, locked)
          await announcer.expired(tx, [
            await updateOrder(tx, order, { status: become(order.status, 'expired') }),
          ])
        } else if (order.status === 'confirmed' || order.status === 'partly-refunded') {
          const own = await ticketsOf(tx, order.id)
          const giveBack = own.filter(({ refunded }) => !refunded)
          await refundTickets(deps, tx, locked, { own, giveBack, reason: 'show-cancelled' })
        }
      }
    })
    return rows.length
  }

  // An order still paying ends by itself, so nothing is left for us once these are gone.
  async function finish(showId: string): Promise<void> {
    await db.query(
      `update shows set winding_down = false where id = $1 and not exists (
         select from orders where show_id = $1 and status in ('held', 'confirmed', 'partly-refunded'))`,
      [showId],
    )
  }
}
