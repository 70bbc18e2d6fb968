import { blocksOf, freeRuns, type IsFree, splitIntoGroups } from './blocks.ts'
import type { Plan } from './plan.ts'

const mostSuggestions = 3

export type OrphanVerdict = { ok: true } | { ok: false; seats: number[]; suggestions: number[][] }

/**
 * Refuses a choice that would leave a single free seat which was not single before, as long as there is
 * another choice: as many seats in the same zones, in no more groups, that leaves none.
 * `isFree` describes the house before the choice; wheelchair and companion seats are never judged.
 */
export function judgeOrphans(plan: Plan, isFree: IsFree, chosen: readonly number[]): OrphanVerdict {
  const seats = singlesLeft(plan, isFree, chosen)
  if (seats.length === 0) return { ok: true }
  const suggestions = otherChoices(plan, isFree, chosen)
  return suggestions.length === 0 ? { ok: true } : { ok: false, seats, suggestions }
}

/** The free seats that would be left single by taking `chosen`. */
function singlesLeft(plan: Plan, isFree: IsFree, chosen: readonly number[]): number[] {
  const taking = new Set(chosen)
  const stays = (seat: number | undefined) => seat !== undefined && !taking.has(seat) && isFree(seat)
  const singles = new Set<number>()
  for (const seat of chosen) {
    const stretch = plan.stretches[plan.stretchOf[seat] ?? -1]
    const position = plan.positionOf[seat] ?? -1
    if (!stretch) continue
    for (const side of [-1, 1]) {
      const neighbour = stretch[position + side]
      // Its neighbour was free until now, so it was not single before.
      if (neighbour !== undefined && stays(neighbour) && !stays(stretch[position + 2 * side]))
        singles.add(neighbour)
    }
  }
  return [...singles].sort((a, b) => a - b)
}

function otherChoices(plan: Plan, isFree: IsFree, chosen: readonly number[]): number[][] {
  const judged = chosen.filter((seat) => (plan.stretchOf[seat] ?? -1) >= 0)
  const others = chosen.filter((seat) => (plan.stretchOf[seat] ?? -1) < 0)
  const zones = Map.groupBy(judged, (seat) => plan.seats[seat]?.zone ?? '')
  const runs = freeRuns(plan, isFree)
  let choices: number[][] = [others]
  for (const [zone, own] of zones) {
    const ways = waysInZone({ plan, isFree, runs, zone, own })
    choices = choices.flatMap((choice) => ways.map((way) => [...choice, ...way]))
    choices = choices.slice(0, mostSuggestions * 4)
  }
  return choices
    .filter(
      (choice) => new Set(choice).size === chosen.length && singlesLeft(plan, isFree, choice).length === 0,
    )
    .slice(0, mostSuggestions)
    .map((choice) => choice.sort((a, b) => a - b))
}

type ZoneSearch = { plan: Plan; isFree: IsFree; runs: number[][]; zone: string; own: number[] }

function waysInZone({ plan, isFree, runs, zone, own }: ZoneSearch): number[][] {
  const cost = distanceTo(plan, own)
  const wish = { zone, size: own.length, cost }
  const together = runs
    .flatMap((run) => blocksOf(plan, run, wish))
    .filter((block) => block.clean)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, mostSuggestions)
    .map((block) => block.seats)
  const unharmed = singlesLeft(plan, isFree, own).length === 0 ? [own] : []
  const groups = groupsOf(plan, own)
  const apart =
    together.length === 0 && groups > 1
      ? splitIntoGroups(plan, runs, { ...wish, groups, cleanOnly: true })
      : undefined
  return [...unharmed, ...together, ...(apart ? [apart] : [])]
}

function groupsOf(plan: Plan, seats: readonly number[]): number {
  const own = new Set(seats)
  return seats.filter((seat) => {
    const left = plan.stretches[plan.stretchOf[seat] ?? -1]?.[(plan.positionOf[seat] ?? 0) - 1]
    return left === undefined || !own.has(left)
  }).length
}

function distanceTo(plan: Plan, seats: readonly number[]): (seat: number) => number {
  const mean = (axis: 'x' | 'y') =>
    seats.reduce((sum, seat) => sum + (plan.seats[seat]?.[axis] ?? 0), 0) / Math.max(1, seats.length)
  const x = mean('x')
  const y = mean('y')
  // Another row is a bigger change than another seat in the same row.
  return (seat) => ((plan.seats[seat]?.x ?? 0) - x) ** 2 + 2 * ((plan.seats[seat]?.y ?? 0) - y) ** 2
}
