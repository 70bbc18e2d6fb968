import { crashPoint } from '@marquee/kit/resilience'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { Announcer } from './announcer.ts'
import type { BookingMetrics } from './metrics.ts'
import type { ShowDesk } from './show-desk.ts'

const mostAtOnce = 500
// Then others get a turn at the shows' locks.
const mostRounds = 20

/** Expires holds whose time is over and frees what they still claim. Returns how many. */
export function createSweepHolds(deps: {
  db: Database
  desk: ShowDesk
  announcer: Announcer
  metrics: BookingMetrics
}) {
  const { db, desk, announcer, metrics } = deps

  return async (): Promise<number> => {
    let total = 0
    for (let rounds = 0; rounds < mostRounds; rounds++) {
      const { due, expired } = await sweep()
      total += expired
      if (due < mostAtOnce || expired === 0) break
    }
    metrics.expired(total)
    return total
  }

  async function sweep(): Promise<{ due: number; expired: number }> {
    const { rows: due } = await db.query<{ id: string; showId: string }>(
      `select id, show_id as "showId" from orders where status = 'held' and hold_expires_at <= (select clock())
        order by hold_expires_at limit $1`,
      [mostAtOnce],
    )
    if (due.length === 0) return { due: 0, expired: 0 }
    const showIds = [...new Set(due.map(({ showId }) => showId))]
    const expired = await desk.change(showIds, async (tx, shows) => {
      const orders = await expire(
        tx,
        due.map(({ id }) => id),
      )
      const freed = await freeHeld(tx, orders)
      for (const { showId, seatId } of freed) shows.get(showId)?.writeSeat(seatId, undefined)
      await announcer.expired(tx, orders)
      return orders.length
    })
    crashPoint('booking.sweep.committed')
    return { due: due.length, expired }
  }
}

type Expired = { id: string; showId: string; version: number }

async function expire(tx: Transaction, ids: readonly string[]): Promise<Expired[]> {
  // Somebody who holds an order's lock without its show's lock is reading; another sweeper skips what we have.
  const { rows } = await tx.query<Expired>(
    `with due as (
       select id from orders where id = any($1::uuid[]) and status = 'held' and hold_expires_at <= clock()
        order by id for update skip locked)
     update orders o set status = 'expired', version = o.version + 1, network = null from due where o.id = due.id
     returning o.id, o.show_id as "showId", o.version`,
    [ids],
  )
  return rows
}

/** A seat that somebody took over meanwhile belongs to them and stays. */
async function freeHeld(
  tx: Transaction,
  orders: readonly Expired[],
): Promise<{ showId: string; seatId: string }[]> {
  if (orders.length === 0) return []
  const { rows } = await tx.query<{ showId: string; seatId: string }>(
    `delete from seat_claims c using unnest($1::uuid[], $2::uuid[]) as o(show_id, order_id)
      where c.show_id = o.show_id and c.order_id = o.order_id and c.state = 'held'
      returning c.show_id as "showId", c.seat_id as "seatId"`,
    [orders.map(({ showId }) => showId), orders.map(({ id }) => id)],
  )
  return rows
}
