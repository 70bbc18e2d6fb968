type SeatKind = 'standard' | 'wheelchair' | 'companion' | 'sofa'

export type PlanSeat = {
  id: string
  row: string
  number: string
  x: number
  y: number
  zone: string
  kind: SeatKind
  aisle?: 'left' | 'right' | 'both'
}

/** A layout made ready for quick judgement: seats by index, cut into stretches without a gap. */
export type Plan = {
  seats: readonly PlanSeat[]
  indexOf: ReadonlyMap<string, number>
  /** Seats side by side, left to right. Wheelchair and companion seats are in none, and end one as an aisle does. */
  stretches: readonly (readonly number[])[]
  /** Stretch and position of each seat; -1 for wheelchair and companion seats. */
  stretchOf: Int32Array
  positionOf: Int32Array
  /** The wheelchair space each companion seat belongs to. */
  wheelchairOf: ReadonlyMap<number, number>
  /** Distance to the sweet spot of the seat's zone, squared; 0 is the best seat of it. */
  sweetness: Float64Array
  /** The same to the sweet spot of the whole room. */
  roomSweetness: Float64Array
}

// Wider than this times the usual distance is an aisle.
const aisleFactor = 1.6

export function createPlan(seats: readonly PlanSeat[]): Plan {
  const indexOf = new Map(seats.map((seat, index) => [seat.id, index]))
  const rows = Map.groupBy(seats.keys(), (index) => seats[index]?.row ?? '')
  const ordered = [...rows.values()].map((row) => row.toSorted((a, b) => xOf(seats, a) - xOf(seats, b)))
  const gaps = ordered.flatMap((row) =>
    row.slice(1).map((seat, at) => xOf(seats, seat) - xOf(seats, row[at])),
  )
  const usual = median(gaps) || 1
  const stretches = ordered.flatMap((row) => cut(seats, row, usual))
  const stretchOf = new Int32Array(seats.length).fill(-1)
  const positionOf = new Int32Array(seats.length).fill(-1)
  for (const [number, stretch] of stretches.entries())
    for (const [position, seat] of stretch.entries()) {
      stretchOf[seat] = number
      positionOf[seat] = position
    }
  const wheelchairOf = companions(seats, ordered)
  return {
    seats,
    indexOf,
    stretches,
    stretchOf,
    positionOf,
    wheelchairOf,
    sweetness: sweetness(seats, (seat) => seat.zone),
    roomSweetness: sweetness(seats, () => 'room'),
  }
}

function xOf(seats: readonly PlanSeat[], index: number | undefined): number {
  return index === undefined ? 0 : (seats[index]?.x ?? 0)
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function cut(seats: readonly PlanSeat[], row: number[], usual: number): number[][] {
  const gaps = row.slice(1).map((seat, at) => xOf(seats, seat) - xOf(seats, row[at]))
  // A row of sofas stands wider apart than the rest of the room without having aisles between them.
  const widest = aisleFactor * Math.max(usual, gaps.length > 0 ? Math.min(...gaps) : 0)
  const stretches: number[][] = []
  let current: number[] = []
  for (const [at, seat] of row.entries()) {
    const ordinary = seats[seat]?.kind === 'standard' || seats[seat]?.kind === 'sofa'
    const before = row[at - 1]
    const beside = (gaps[at - 1] ?? 0) <= widest && !aisleBetween(seats, before, seat)
    if (current.length > 0 && (!ordinary || !beside)) {
      stretches.push(current)
      current = []
    }
    if (ordinary) current.push(seat)
  }
  if (current.length > 0) stretches.push(current)
  return stretches
}

function aisleBetween(seats: readonly PlanSeat[], left: number | undefined, right: number): boolean {
  const aisleOfLeft = left === undefined ? undefined : seats[left]?.aisle
  const aisleOfRight = seats[right]?.aisle
  return (
    aisleOfLeft === 'right' || aisleOfLeft === 'both' || aisleOfRight === 'left' || aisleOfRight === 'both'
  )
}

function companions(seats: readonly PlanSeat[], rows: number[][]): Map<number, number> {
  const belongsTo = new Map<number, number>()
  for (const row of rows) {
    const spaces = row.filter((seat) => seats[seat]?.kind === 'wheelchair')
    for (const seat of row) {
      if (seats[seat]?.kind !== 'companion') continue
      const distance = (space: number) => Math.abs(xOf(seats, space) - xOf(seats, seat))
      // Each space gets its own companion seat before any gets a second.
      const taken = new Set(belongsTo.values())
      const nearest = spaces.toSorted(
        (a, b) => Number(taken.has(a)) - Number(taken.has(b)) || distance(a) - distance(b),
      )[0]
      if (nearest !== undefined) belongsTo.set(seat, nearest)
    }
  }
  return belongsTo
}

// Across, the middle of the room; front to back, two thirds of the way to the last row.
const sweetDepth = 2 / 3

function sweetness(seats: readonly PlanSeat[], partOf: (seat: PlanSeat) => string): Float64Array {
  const middle = (least(seats, 'x') + most(seats, 'x')) / 2
  const parts = Map.groupBy(seats, partOf)
  const depth = new Map(
    [...parts].map(([part, own]) => [
      part,
      least(own, 'y') + sweetDepth * (most(own, 'y') - least(own, 'y')),
    ]),
  )
  return Float64Array.from(
    seats,
    (seat) => (seat.x - middle) ** 2 + (seat.y - (depth.get(partOf(seat)) ?? seat.y)) ** 2,
  )
}

function least(seats: readonly PlanSeat[], axis: 'x' | 'y'): number {
  return seats.reduce((value, seat) => Math.min(value, seat[axis]), Number.POSITIVE_INFINITY)
}

function most(seats: readonly PlanSeat[], axis: 'x' | 'y'): number {
  return seats.reduce((value, seat) => Math.max(value, seat[axis]), Number.NEGATIVE_INFINITY)
}
