import type { orderShowMoved } from '@marquee/contracts/booking'
import type { Transaction } from '@marquee/kit/sql'
import type { z } from 'zod'
import { type QueuedMove, takeUntoldMoves } from './move-store.ts'

export type Move = z.output<typeof orderShowMoved.schema>

/**
 * One move an order, to the newest place of its show: from where its holder knew it to be, when mails of earlier moves
 * still wait. Those go out no more.
 */
export async function joinMoves(tx: Transaction, moves: readonly Move[]): Promise<QueuedMove[]> {
  if (moves.length === 0) return []
  const fresh = moves.map((move) => ({ ...move, mayKnow: false }))
  const all = [...(await takeUntoldMoves(tx, moves)), ...fresh].toSorted(
    (a, b) => a.showVersion - b.showVersion,
  )
  const joined = new Map<string, QueuedMove>()
  for (const move of all) {
    const { before, mayKnow } = joined.get(move.orderId) ?? move
    joined.set(move.orderId, { ...move, before, mayKnow: mayKnow || move.mayKnow })
  }
  return [...joined.values()]
}
