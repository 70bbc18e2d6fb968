import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bestAvailable } from './best-available.ts'
import { judgeOrphans } from './orphan-rule.ts'
import { createPlan, type PlanSeat } from './plan.ts'

// Small rooms, so that every other choice can be tried one by one.
const room = fc.array(
  fc.record({
    cells: fc.array(fc.constantFrom('free', 'taken', 'aisle', 'wheelchair'), { minLength: 1, maxLength: 5 }),
  }),
  { minLength: 1, maxLength: 4 },
)
const scenario = fc.record({ room, picks: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }) })

type Cell = 'free' | 'taken' | 'aisle' | 'wheelchair'

function build(rows: { cells: Cell[] }[]) {
  const seats: PlanSeat[] = []
  const taken = new Set<string>()
  for (const [y, { cells }] of rows.entries())
    for (const [x, cell] of cells.entries()) {
      if (cell === 'aisle') continue
      const kind = cell === 'wheelchair' ? 'wheelchair' : 'standard'
      const id = `${y}-${x}`
      const aisle = cells[x + 1] === 'aisle' ? 'right' : undefined
      seats.push({
        id,
        row: `${y}`,
        number: `${x}`,
        x: x * 10,
        y: y * 10,
        zone: `zone ${y % 2}`,
        kind,
        aisle,
      })
      if (cell === 'taken') taken.add(id)
    }
  // Distant seats that fix the usual distance whatever the room looks like.
  for (let x = 0; x < 40; x++)
    seats.push({ id: `z${x}`, row: 'z', number: `${x}`, x: x * 10, y: 999, zone: 'other', kind: 'standard' })
  const isFreeId = (id: string) => !taken.has(id) && !id.startsWith('z')
  return {
    plan: createPlan(seats),
    seats,
    isFree: (seat: number) => isFreeId(seats[seat]?.id ?? ''),
    rows,
    taken,
  }
}

/** Single free seats by the words of the rule: every row read from the drawing, not from the plan. */
function singles(rows: { cells: Cell[] }[], occupied: (id: string) => boolean): Set<string> {
  const found = new Set<string>()
  for (const [y, { cells }] of rows.entries()) {
    const free = (x: number) => {
      const cell = cells[x]
      return (cell === 'free' || cell === 'taken') && !occupied(`${y}-${x}`)
    }
    for (const x of cells.keys()) if (free(x) && !free(x - 1) && !free(x + 1)) found.add(`${y}-${x}`)
  }
  return found
}

function leavesNewSingle(house: ReturnType<typeof build>, chosen: readonly number[]): boolean {
  const ids = new Set(chosen.map((seat) => house.seats[seat]?.id))
  const before = singles(house.rows, (id) => house.taken.has(id))
  const after = singles(house.rows, (id) => house.taken.has(id) || ids.has(id))
  return [...after].some((id) => !before.has(id))
}

function groups(house: ReturnType<typeof build>, chosen: readonly number[]): string {
  const key = chosen.map((seat) => house.seats[seat]).filter((seat) => seat?.kind === 'standard')
  const zones = Map.groupBy(key, (seat) => seat?.zone ?? '')
  return JSON.stringify([...zones].map(([zone, own]) => [zone, own.length]).sort())
}

function groupCount(house: ReturnType<typeof build>, chosen: readonly number[], zone: string): number {
  const own = chosen
    .flatMap((seat) => house.seats[seat] ?? [])
    .filter((seat) => seat.zone === zone && seat.kind === 'standard')
  return own.filter((seat) => !own.some((other) => other.row === seat.row && other.x === seat.x - 10)).length
}

function everyChoice(free: number[], size: number): number[][] {
  if (size === 0) return [[]]
  return free.flatMap((seat, at) => everyChoice(free.slice(at + 1), size - 1).map((rest) => [seat, ...rest]))
}

function draw({ room, picks }: { room: { cells: Cell[] }[]; picks: number[] }) {
  const house = build(room)
  const free = [...house.seats.keys()].filter(house.isFree)
  fc.pre(free.length > 0)
  const chosen = [...new Set(picks.map((pick) => free[pick % free.length] ?? 0))].sort((a, b) => a - b)
  return { house, free, chosen }
}

test('an allowed purchase leaves no new single seat, unless no other choice was left', () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const { house, free, chosen } = draw(given)
      const verdict = judgeOrphans(house.plan, house.isFree, chosen)
      if (!verdict.ok || !leavesNewSingle(house, chosen)) return
      const fixed = chosen.filter((seat) => house.seats[seat]?.kind !== 'standard')
      const standard = free.filter((seat) => house.seats[seat]?.kind === 'standard')
      const others = everyChoice(standard, chosen.length - fixed.length).filter(
        (choice) =>
          groups(house, choice) === groups(house, chosen) &&
          ['zone 0', 'zone 1'].every(
            (zone) => groupCount(house, choice, zone) <= groupCount(house, chosen, zone),
          ),
      )
      expect(others.filter((choice) => !leavesNewSingle(house, [...choice, ...fixed]))).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

test('a refusal names the single seats and suggests only purchases that are allowed', () => {
  fc.assert(
    fc.property(scenario, (given) => {
      const { house, chosen } = draw(given)
      const verdict = judgeOrphans(house.plan, house.isFree, chosen)
      if (verdict.ok) return
      expect(leavesNewSingle(house, chosen)).toBe(true)
      expect(verdict.seats.length).toBeGreaterThan(0)
      expect(verdict.suggestions.length).toBeGreaterThan(0)
      for (const suggestion of verdict.suggestions) {
        expect(suggestion.every(house.isFree)).toBe(true)
        expect(groups(house, suggestion)).toBe(groups(house, chosen))
        expect(judgeOrphans(house.plan, house.isFree, suggestion)).toEqual({ ok: true })
      }
    }),
    { numRuns: 2000 },
  )
})

test('best-available seats are free, ordinary, and never refused when chosen by hand', () => {
  fc.assert(
    fc.property(room, fc.integer({ min: 1, max: 4 }), (rows, count) => {
      const house = build(rows)
      const zones = ['zone 0', 'zone 1']
      const best = bestAvailable(house.plan, house.isFree, { count, zones, wheelchairSpaces: 0 })
      const ordinary = [...house.seats.keys()].filter(
        (seat) => house.isFree(seat) && house.seats[seat]?.kind === 'standard',
      )
      const enough = zones.some(
        (zone) => ordinary.filter((seat) => house.seats[seat]?.zone === zone).length >= count,
      )
      expect(best !== undefined).toBe(enough)
      if (!best) return
      expect(new Set(best.seats).size).toBe(count)
      expect(best.seats.every((seat) => ordinary.includes(seat))).toBe(true)
      expect(judgeOrphans(house.plan, house.isFree, best.seats)).toEqual({ ok: true })
    }),
    { numRuns: 2000 },
  )
})
