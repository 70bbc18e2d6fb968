import { type Database, SqlError, type Transaction } from '@marquee/kit/sql'
import { createGroupCommit } from './group-commit.ts'
import { lockOrders } from './order-store.ts'
import type { OpenShows, ShowDesk } from './show-desk.ts'
import { type LockedOrder, showOf } from './with-order.ts'

export type OrderGroup<Wish, Result> = {
  /** Resolves after the commit; undefined for an unknown order. */
  submit: (wish: Wish) => Promise<Result | undefined>
  /** Resolves once nothing waits and nothing is in flight. */
  idle: () => Promise<void>
}

/** A wish with its order and show, both locked. No order is twice in a list. */
export type LockedWish<Wish> = LockedOrder & { wish: Wish }

type Options<Wish, Result> = {
  db: Database
  desk: ShowDesk
  batch: { inFlight: number; most: number }
  /** One result a wish, in order. Is handed again, by itself, what may have been committed without a word of it. */
  work: (tx: Transaction, locked: readonly LockedWish<Wish>[]) => Promise<Result[]>
}

/**
 * Changes orders together: what comes while a batch commits forms the next one, so that many who pay for one show wait
 * for few commits. Two batches in flight share no show, and what is asked twice of an order happens one after the other.
 */
export function createOrderGroup<Wish extends { orderId: string }, Result extends object>({
  db,
  desk,
  batch,
  work,
}: Options<Wish, Result>): OrderGroup<Wish, Result> {
  const group = createGroupCommit<{ showId: string; wish: Wish }, Result>({
    ...batch,
    keyOf: ({ showId }) => showId,
    hopeless: (error) => error instanceof SqlError && error.code === 'database-unreachable',
    commit: (asked, _attempt, judged) => {
      const showIds = asked.map(({ showId }) => showId)
      return desk.change(showIds, async (tx, shows) => {
        const results = await inRounds(tx, shows, asked)
        judged()
        return results
      })
    },
  })

  async function inRounds(tx: Transaction, shows: OpenShows, asked: readonly { wish: Wish }[]) {
    const results = new Map<Wish, Result>()
    const turns = [...Map.groupBy(asked, ({ wish }) => wish.orderId).values()]
    const rounds = Math.max(...turns.map(({ length }) => length))
    for (let round = 0; round < rounds; round++) {
      const wishes = turns.flatMap((turn) => turn[round]?.wish ?? [])
      const done = await work(tx, await lockWishes(tx, shows, wishes))
      for (const [at, wish] of wishes.entries()) {
        const result = done[at]
        if (!result) throw new Error(`what was asked of order ${wish.orderId} came to nothing`)
        results.set(wish, result)
      }
    }
    return asked.flatMap(({ wish }) => results.get(wish) ?? [])
  }

  return {
    submit: async (wish) => {
      const showId = await showOf(db, wish.orderId)
      return showId === undefined ? undefined : group.submit({ showId, wish })
    },
    idle: group.idle,
  }
}

async function lockWishes<Wish extends { orderId: string }>(
  tx: Transaction,
  shows: OpenShows,
  wishes: readonly Wish[],
): Promise<LockedWish<Wish>[]> {
  const ids = wishes.map(({ orderId }) => orderId)
  const orders = new Map((await lockOrders(tx, ids)).map((order) => [order.id, order]))
  return wishes.map((wish) => {
    const order = orders.get(wish.orderId)
    const show = order && shows.get(order.showId)
    if (!show) throw new Error(`order ${wish.orderId} lost its show`)
    return { wish, order, show }
  })
}
