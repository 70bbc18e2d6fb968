import { type Block, blocksOf, byCleanThenCost, freeRuns, type IsFree, splitIntoGroups } from './blocks.ts'
import type { Plan } from './plan.ts'

export type BestWish = {
  count: number
  /** Zones that may be used; among equally good seats the earlier wins. */
  zones: readonly string[]
  wheelchairSpaces: number
}
export type BestSeats = { seats: number[]; together: boolean }

/**
 * Picks seats of one zone: side by side if any zone allows it, leaving no single seat unless there is no
 * other way, nearest to the sweet spot of the room, or of the zone if only one is wanted; else in as few
 * groups as possible. Wheelchair spaces only when asked for, their companion seats before others.
 * Undefined when there are not enough.
 */
export function bestAvailable(plan: Plan, isFree: IsFree, wish: BestWish): BestSeats | undefined {
  if (wish.wheelchairSpaces > 0) return aroundWheelchairs(plan, isFree, wish)
  const seats = ordinarySeats(plan, isFree, wish, sweetnessFor(plan, wish))
  return seats && { seats, together: sideBySide(plan, seats) }
}

function ordinarySeats(
  plan: Plan,
  isFree: IsFree,
  { count, zones }: { count: number; zones: readonly string[] },
  cost: (seat: number) => number,
): number[] | undefined {
  const runs = freeRuns(plan, isFree)
  const best = bestBlock(
    zones.flatMap((zone) => runs.flatMap((run) => blocksOf(plan, run, { zone, size: count, cost }))),
  )
  if (best) return best.seats
  const apart = zones.flatMap((zone) => {
    const seats = splitCleanly(plan, runs, { zone, size: count, cost })
    return seats ? [{ seats, groups: groupCount(plan, seats), cost: sumOf(seats, cost) }] : []
  })
  return apart.toSorted((a, b) => a.groups - b.groups || a.cost - b.cost)[0]?.seats
}

function sweetnessFor(plan: Plan, { zones }: BestWish): (seat: number) => number {
  const sweetness = zones.length > 1 ? plan.roomSweetness : plan.sweetness
  return (seat) => sweetness[seat] ?? 0
}

const sumOf = (seats: readonly number[], cost: (seat: number) => number) =>
  seats.reduce((sum, seat) => sum + cost(seat), 0)

function bestBlock(blocks: Block[]): Block | undefined {
  let best: Block | undefined
  for (const block of blocks) if (!best || byCleanThenCost(block, best) < 0) best = block
  return best
}

function splitCleanly(
  plan: Plan,
  runs: number[][],
  wish: { zone: string; size: number; cost: (seat: number) => number },
): number[] | undefined {
  const groups = wish.size
  const any = splitIntoGroups(plan, runs, { ...wish, groups, cleanOnly: false })
  if (!any) return undefined
  const fewest = groupCount(plan, any)
  return splitIntoGroups(plan, runs, { ...wish, groups: fewest, cleanOnly: true }) ?? any
}

function groupCount(plan: Plan, seats: readonly number[]): number {
  const own = new Set(seats)
  return seats.filter((seat) => {
    const left = plan.stretches[plan.stretchOf[seat] ?? -1]?.[(plan.positionOf[seat] ?? 0) - 1]
    return left === undefined || !own.has(left)
  }).length
}

function sideBySide(plan: Plan, seats: readonly number[]): boolean {
  return groupCount(plan, seats) === 1
}

function aroundWheelchairs(plan: Plan, isFree: IsFree, wish: BestWish): BestSeats | undefined {
  const allowed = new Set(wish.zones)
  const spaces = [...plan.seats.keys()].filter(
    (seat) =>
      plan.seats[seat]?.kind === 'wheelchair' && allowed.has(plan.seats[seat]?.zone ?? '') && isFree(seat),
  )
  const rest = wish.count - wish.wheelchairSpaces
  const sweetness = sweetnessFor(plan, wish)
  const companionsOf = (space: number) =>
    [...plan.wheelchairOf].filter(([seat, own]) => own === space && isFree(seat)).map(([seat]) => seat)
  const ranked = spaces.toSorted(
    (a, b) => (rest > 0 ? companionsOf(b).length - companionsOf(a).length : 0) || sweetness(a) - sweetness(b),
  )
  const first = ranked[0]
  if (first === undefined || spaces.length < wish.wheelchairSpaces || rest < 0) return undefined
  const near = distanceFrom(plan, first)
  const chosen = ranked.toSorted((a, b) => near(a) - near(b)).slice(0, wish.wheelchairSpaces)
  const beside = chosen
    .flatMap((space) => companionsOf(space))
    .filter((seat) => allowed.has(plan.seats[seat]?.zone ?? ''))
    .slice(0, rest)
  const missing = rest - beside.length
  const others = missing > 0 ? ordinarySeats(plan, isFree, { count: missing, zones: wish.zones }, near) : []
  if (!others) return undefined
  const seats = [...chosen, ...beside, ...others]
  return { seats, together: seats.every((seat) => plan.seats[seat]?.row === plan.seats[first]?.row) }
}

function distanceFrom(plan: Plan, from: number): (seat: number) => number {
  const start = plan.seats[from]
  return (seat) =>
    ((plan.seats[seat]?.x ?? 0) - (start?.x ?? 0)) ** 2 + ((plan.seats[seat]?.y ?? 0) - (start?.y ?? 0)) ** 2
}
