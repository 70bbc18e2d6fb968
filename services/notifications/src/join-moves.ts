import type { Transaction } from '@marquee/kit/sql'
import { type Move, takeUntoldMoves } from './move-store.ts'

/**
 * One move an order, to the newest place of its show: from where its holder knew it to be, when mails of earlier moves
 * still wait. Those go out no more.
 */
export async function joinMoves(tx: Transaction, moves: readonly Move[]): Promise<Move[]> {
  if (moves.length === 0) return []
  const all = [...(await takeUntoldMoves(tx, moves)), ...moves].toSorted(
    (a, b) => a.showVersion - b.showVersion,
  )
  const earliest = new Map<string, Move>()
  for (const move of all) earliest.getOrInsert(move.orderId, move)
  const newest = new Map(all.map((move) => [move.orderId, move]))
  return [...newest].map(([orderId, move]) => ({
    ...move,
    before: (earliest.get(orderId) ?? move).before,
  }))
}
