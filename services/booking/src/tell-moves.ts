import type { WhenAndWhere } from '@marquee/contracts/booking'
import type { Database } from '@marquee/kit/sql'
import type { Announcer } from './announcer.ts'
import { eachOnItsOwn } from './each-on-its-own.ts'
import type { ShowDesk } from './show-desk.ts'
import { findMovedShows, findUntold, forgetMoves, noteTold } from './show-move-store.ts'

// Small enough that one transaction stays short in a sold-out house.
const ordersAtOnce = 50

type Deps = { db: Database; desk: ShowDesk; announcer: Announcer }

/**
 * Announces to whom a show was moved, some orders at a time: once from where a holder knew it to be to where it is now,
 * however often it was moved meanwhile, and not where they know it to be. How far it came is committed with what it
 * announces, so another process goes on after a crash. A show that was cancelled or has begun is told to nobody.
 */
export function createTellMoves({ db, desk, announcer }: Deps) {
  return async (stopping: AbortSignal): Promise<void> => {
    await eachOnItsOwn(await findMovedShows(db), async (showId) => {
      while (!stopping.aborted && (await tellSome(showId)) === ordersAtOnce);
    })
  }

  // Under the show's lock, since a move is noted under it, and orders are sold and refunded under it.
  function tellSome(showId: string): Promise<number> {
    return desk.change([showId], async (tx, shows) => {
      const show = shows.get(showId)
      if (!show) throw new Error(`show ${showId} vanished under its lock`)
      const { facts } = show.sellable
      const isOver = show.cancelled || Temporal.Instant.from(facts.startsAt).epochMilliseconds <= show.now
      const orders = isOver ? [] : await findUntold(tx, showId, ordersAtOnce)
      await announcer.showMoved(
        tx,
        orders
          .filter(({ before }) => !isSame(before, facts))
          .map((order) => ({ ...order, showVersion: facts.version })),
      )
      const last = orders[ordersAtOnce - 1]
      if (last) await noteTold(tx, showId, last.id)
      else await forgetMoves(tx, showId)
      return orders.length
    })
  }
}

const isSame = (one: WhenAndWhere, other: WhenAndWhere): boolean =>
  one.screenId === other.screenId && Temporal.Instant.compare(one.startsAt, other.startsAt) === 0
