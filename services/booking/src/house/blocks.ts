import type { Plan } from './plan.ts'

export type IsFree = (seat: number) => boolean

/** Free seats side by side, of one zone. `clean` when taking them leaves no single seat behind. */
export type Block = { seats: number[]; cost: number; clean: boolean }
/** The best block of each size within one run of free seats. */
type Options = Map<number, Block>

/** Runs of free seats: maximal, left to right. */
export function freeRuns(plan: Plan, isFree: IsFree): number[][] {
  const runs: number[][] = []
  for (const stretch of plan.stretches) {
    let run: number[] = []
    for (const seat of stretch) {
      if (isFree(seat)) run.push(seat)
      else if (run.length > 0) {
        runs.push(run)
        run = []
      }
    }
    if (run.length > 0) runs.push(run)
  }
  return runs
}

/** Every way to sit `size` people side by side in one zone within a run of free seats. */
export function blocksOf(plan: Plan, run: readonly number[], wish: BlockWish): Block[] {
  const blocks: Block[] = []
  for (let start = 0; start + wish.size <= run.length; start++) {
    const seats = run.slice(start, start + wish.size)
    if (!seats.every((seat) => plan.seats[seat]?.zone === wish.zone)) continue
    const clean = start !== 1 && run.length - start - wish.size !== 1
    blocks.push({ seats, clean, cost: seats.reduce((sum, seat) => sum + wish.cost(seat), 0) })
  }
  return blocks
}
export type BlockWish = { zone: string; size: number; cost: (seat: number) => number }

/** Clean before not, then cheap before dear; left before right so that the answer never depends on chance. */
export function byCleanThenCost(a: Block, b: Block): number {
  return Number(b.clean) - Number(a.clean) || a.cost - b.cost
}

type Chain = { block: Block; before: Chain | undefined; cost: number } | undefined

/**
 * Seats `size` people of one zone in as few groups as possible, at most `groups`, at the least cost.
 * A run is used by one group at most: two groups in a run leave it no better than one.
 */
export function splitIntoGroups(
  plan: Plan,
  runs: readonly (readonly number[])[],
  wish: BlockWish & { groups: number; cleanOnly: boolean },
): number[] | undefined {
  const reached: (Chain | null)[][] = Array.from({ length: wish.groups + 1 }, () =>
    Array(wish.size + 1).fill(null),
  )
  const start = reached[0]
  if (start) start[0] = undefined
  for (const run of runs) {
    const options = optionsOf(plan, run, wish)
    if (options.size > 0) extend(reached, options, wish)
  }
  for (const counts of reached) {
    const chain = counts[wish.size]
    if (chain) return seatsOf(chain)
  }
  return undefined
}

function optionsOf(plan: Plan, run: readonly number[], wish: BlockWish & { cleanOnly: boolean }): Options {
  const options: Options = new Map()
  for (let size = 1; size <= Math.min(wish.size, run.length); size++) {
    const blocks = blocksOf(plan, run, { ...wish, size }).filter((block) => block.clean || !wish.cleanOnly)
    const best = blocks.sort(byCleanThenCost)[0]
    if (best) options.set(size, best)
  }
  return options
}

// Downwards, so that a run is used once.
function extend(reached: (Chain | null)[][], options: Options, wish: { groups: number; size: number }): void {
  for (let groups = wish.groups - 1; groups >= 0; groups--)
    for (let count = wish.size - 1; count >= 0; count--) {
      const before = reached[groups]?.[count]
      if (before === null) continue
      for (const [size, block] of options) {
        const next = reached[groups + 1]
        if (!next || count + size > wish.size) continue
        const cost = (before?.cost ?? 0) + block.cost
        const known = next[count + size]
        if (!known || cost < known.cost) next[count + size] = { block, before: before ?? undefined, cost }
      }
    }
}

function seatsOf(chain: Chain): number[] {
  const seats: number[] = []
  for (let link = chain; link; link = link.before) seats.push(...link.block.seats)
  return seats.sort((a, b) => a - b)
}
