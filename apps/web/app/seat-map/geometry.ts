import type { Layout, LayoutSeat } from '@marquee/contracts/theaters'

export type PlacedSeat = {
  seat: LayoutSeat
  x: number
  y: number
  /** Degrees by which the seat turns towards the screen. */
  turn: number
  /** The side on which a sofa goes on into its neighbour. */
  joins?: 'left' | 'right'
}
export type PlacedRow = { key: string; name: string; seats: PlacedSeat[] }
export type ZoneLabel = { zone: string; x: number; y: number; width: number }
/** A layout as it is drawn: one seat every `pitch` units, the screen on top. */
export type House = {
  width: number
  height: number
  rows: PlacedRow[]
  labels: ZoneLabel[]
  zones: string[]
  screen: { left: number; right: number; y: number }
}

export const pitch = 40
const rowGap = 46
const margin = 56
const screenRoom = 118
const labelRoom = 40

/** Places seats in drawing units, bends straight rows gently towards the screen and pairs sofas. */
export function placeHouse(layout: Layout): House {
  const rows = inRows(layout.seats)
  const stepX = median(rows.flatMap((row) => gaps(row.seats.map((seat) => seat.x)))) || 1
  const stepY = median(gaps(rows.map((row) => row.y))) || stepX
  const scaleX = pitch / stepX
  const scaleY = Math.max(scaleX, rowGap / stepY)
  const left = Math.min(...layout.seats.map((seat) => seat.x))
  const right = Math.max(...layout.seats.map((seat) => seat.x))
  const top = Math.min(...layout.seats.map((seat) => seat.y))
  const inner = Math.max((right - left) * scaleX, pitch * 4)
  const width = inner + margin * 2
  const middle = width / 2
  const bend = isStraight(rows, stepY) ? Math.min(inner * 0.045, 44) : 0
  const bands = zoneBands(rows)

  const place = (seat: LayoutSeat, push: number): PlacedSeat => {
    const x = middle + (seat.x - (left + right) / 2) * scaleX
    const t = (x - middle) / (inner / 2)
    const y = screenRoom + bend + (seat.y - top) * scaleY + push - bend * t * t
    const turn = (Math.atan2(-2 * bend * t, inner / 2) * 180) / Math.PI
    return { seat, x: round(x), y: round(y), turn: round(turn) }
  }

  let push = 0
  const labels: ZoneLabel[] = []
  const placed = rows.map((row, index) => {
    const zone = bands[index]
    if (zone !== undefined) {
      push += index === 0 ? labelRoom * 0.5 : labelRoom
      const y = screenRoom + bend + (row.y - top) * scaleY + push - 34
      labels.push({ zone, x: middle, y: round(y), width: inner })
    }
    const seats = row.seats.map((seat) => place(seat, push))
    return { key: row.key, name: row.name, seats: joinSofas(bend > 0 ? seats : alongRow(seats)) }
  })
  const bottom = Math.max(...placed.flatMap((row) => row.seats.map((seat) => seat.y)))
  const zones = [...new Set(rows.flatMap((row) => row.seats.map((seat) => seat.zone)))]
  const half = Math.min(inner * 0.4, 420)
  return {
    width: round(width),
    height: round(bottom + margin),
    rows: placed,
    labels,
    zones,
    screen: { left: round(middle - half), right: round(middle + half), y: 34 },
  }
}

type Row = { key: string; name: string; y: number; seats: LayoutSeat[] }

function inRows(seats: readonly LayoutSeat[]): Row[] {
  const names = new Map<string, LayoutSeat[]>()
  for (const seat of seats) names.set(seat.row, [...(names.get(seat.row) ?? []), seat])
  const steps = gaps([...new Set(seats.map((seat) => seat.y))].sort((a, b) => a - b))
  const step = median(steps) || 1
  const rows = [...names].flatMap(([name, members]) => {
    const apart = spread(members.map((seat) => seat.y)) > step * 2.6
    if (!apart) return [{ key: name, name, members }]
    // Stalls and balcony may both have a row A.
    const zones = [...new Set(members.map((seat) => seat.zone))]
    return zones.map((zone) => ({
      key: `${name}-${zone}`,
      name,
      members: members.filter((seat) => seat.zone === zone),
    }))
  })
  return rows
    .map(({ key, name, members }) => ({
      key,
      name,
      y: mean(members.map((seat) => seat.y)),
      seats: members.toSorted((a, b) => a.x - b.x),
    }))
    .sort((a, b) => a.y - b.y)
}

/** For each row the zone that begins with it, when zones follow each other row by row. */
function zoneBands(rows: readonly Row[]): (string | undefined)[] {
  const main = rows.map((row) => mostCommon(row.seats.map((seat) => seat.zone)))
  if (new Set(main).size < 2) return rows.map(() => undefined)
  return main.map((zone, index) => (zone === main[index - 1] ? undefined : zone))
}

/** Turns each seat of a row that is curved already along that curve. */
function alongRow(seats: PlacedSeat[]): PlacedSeat[] {
  return seats.map((one, index) => {
    const before = seats[index - 1] ?? one
    const after = seats[index + 1] ?? one
    if (before === after) return one
    return { ...one, turn: round((Math.atan2(after.y - before.y, after.x - before.x) * 180) / Math.PI) }
  })
}

function joinSofas(seats: PlacedSeat[]): PlacedSeat[] {
  const joined = [...seats]
  for (let index = 0; index + 1 < joined.length; index += 1) {
    const one = joined[index]
    const next = joined[index + 1]
    if (one?.seat.kind !== 'sofa' || next?.seat.kind !== 'sofa') continue
    if (next.x - one.x > pitch * 1.3 || one.joins) continue
    joined[index] = { ...one, joins: 'right' }
    joined[index + 1] = { ...next, joins: 'left' }
    index += 1
  }
  return joined
}

const isStraight = (rows: readonly Row[], stepY: number) =>
  rows.every((row) => spread(row.seats.map((seat) => seat.y)) < stepY * 0.2)

const gaps = (values: number[]) =>
  values
    .slice(1)
    .map((value, index) => value - (values[index] ?? 0))
    .filter((gap) => gap > 1e-6)
const spread = (values: number[]) => Math.max(...values) - Math.min(...values)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)
const round = (value: number) => Math.round(value * 10) / 10

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0
}

function mostCommon(values: string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
