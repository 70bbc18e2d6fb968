import { type BestWish, bestAvailable } from './best-available.ts'
import type { IsFree } from './blocks.ts'
import { type Claim, type Claims, isOver } from './claims.ts'
import { judgeOrphans } from './orphan-rule.ts'
import type { Plan } from './plan.ts'

type HoldWish = {
  claim: Claim
  /** Seats of the asking order that count as free to it: a swap. */
  replaces?: readonly number[]
  /** Unpaid seats a person or network may have; undefined is no limit. */
  cap?: number
} & ({ seats: readonly number[] } | { best: BestWish })

export type HoldVerdict =
  | { ok: true; seats: readonly number[]; together?: boolean }
  | { ok: false; code: 'seats-taken'; seats: number[] }
  | { ok: false; code: 'orphan-seat'; seats: number[]; suggestions: number[][] }
  | { ok: false; code: 'not-enough-seats' }
  | { ok: false; code: 'too-many-holds' }

export type House = { take(wish: HoldWish): HoldVerdict }

/**
 * One show as it stands under its lock. Wishes are judged one after the other; a won one is handed to
 * `write`, which puts it into `claims`, so the next sees it. A hold whose time is over counts as free.
 */
export function openHouse(
  plan: Plan,
  {
    claims,
    now,
    write,
  }: { claims: Claims; now: number; write: (seat: number, claim: Claim | undefined) => void },
): House {
  return { take }

  function take(wish: HoldWish): HoldVerdict {
    const isFree = freeFor(wish)
    const wanted = 'seats' in wish ? wish.seats.length : wish.best.count
    if (overCap(wish, wanted)) return { ok: false, code: 'too-many-holds' }
    const verdict = 'seats' in wish ? judge(wish.seats, isFree) : choose(wish.best, isFree)
    if (!verdict.ok) return verdict
    for (const seat of wish.replaces ?? []) write(seat, undefined)
    for (const seat of verdict.seats) write(seat, wish.claim)
    return verdict
  }

  function freeFor({ claim: { orderId } }: HoldWish): IsFree {
    return (seat) => {
      const claim = claims.get(seat)
      // A claim already ours is won: the commit whose answer was lost did happen.
      return claim === undefined || claim.orderId === orderId || isOver(claim, now)
    }
  }

  function overCap({ claim, cap, replaces }: HoldWish, wanted: number): boolean {
    if (cap === undefined) return false
    const more = wanted - (replaces?.length ?? 0)
    return [claim.holder, claim.network].some((key) => key !== '' && claims.unpaidOf(key, now) + more > cap)
  }

  function judge(seats: readonly number[], isFree: IsFree): HoldVerdict {
    const taken = seats.filter((seat) => !isFree(seat))
    if (taken.length > 0) return { ok: false, code: 'seats-taken', seats: taken }
    const orphans = judgeOrphans(plan, isFree, seats)
    return orphans.ok ? { ok: true, seats } : { ...orphans, code: 'orphan-seat' }
  }

  function choose(wish: BestWish, isFree: IsFree): HoldVerdict {
    const best = bestAvailable(plan, isFree, wish)
    return best ? { ok: true, ...best } : { ok: false, code: 'not-enough-seats' }
  }
}
