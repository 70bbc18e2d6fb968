import type { LayoutSeat } from '@marquee/contracts/theaters'
import { z } from 'zod'
import { type Hall, mostSeats, type ParsedHall, round, seatId } from './hall.ts'

const coordinate = z.number().min(-1e6).max(1e6)
const Position = z.object({ x: coordinate, y: coordinate }).default({ x: 0, y: 0 })
const name = z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(40))
const PretixPlan = z.object({
  zones: z.array(
    z.object({
      name: name.optional(),
      position: Position,
      rows: z
        .array(
          z.object({
            row_number: name.optional(),
            row_label: name.nullish(),
            position: Position,
            seats: z.array(
              z.object({
                seat_number: name,
                seat_guid: name.optional(),
                category: name.nullish(),
                position: Position,
              }),
            ),
          }),
        )
        .default([]),
    }),
  ),
})

type RawSeat = { row: string; number: string; guid: string; zone: string; x: number; y: number; line: number }

/** Reads a pretix seating plan: categories become zones, distances are scaled to one seat. */
export function parsePretix(source: unknown): ParsedHall {
  const parsed = PretixPlan.safeParse(source)
  if (!parsed.success)
    return {
      ok: false,
      errors: parsed.error.issues.slice(0, 20).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    }
  let line = 0
  const raw = parsed.data.zones.flatMap((zone) =>
    zone.rows.flatMap((row, rowIndex) => {
      line += 1
      return row.seats.map(
        (seat): RawSeat => ({
          row: (row.row_label || row.row_number || String(rowIndex + 1)).slice(0, 10),
          number: seat.seat_number.slice(0, 10),
          guid: seat.seat_guid ?? '',
          zone: seat.category || zone.name || 'standard',
          x: zone.position.x + row.position.x + seat.position.x,
          y: zone.position.y + row.position.y + seat.position.y,
          line,
        }),
      )
    }),
  )
  if (raw.length === 0) return { ok: false, errors: ['zones: the plan has no seats'] }
  if (raw.length > mostSeats)
    return { ok: false, errors: [`zones: ${raw.length} seats; at most ${mostSeats} fit a layout`] }
  return { ok: true, hall: scale(raw) }
}

function scale(raw: RawSeat[]): Hall {
  const pitch = medianPitch(raw) || 1
  const left = raw.reduce((least, seat) => Math.min(least, seat.x), Number.POSITIVE_INFINITY)
  const top = raw.reduce((least, seat) => Math.min(least, seat.y), Number.POSITIVE_INFINITY)
  const unit = raw.map((seat) => ({
    ...seat,
    x: round((seat.x - left) / pitch + 0.5),
    y: round((seat.y - top) / pitch + 0.5),
  }))
  const ids = uniqueIds(unit)
  const seats = unit.map((seat, index): LayoutSeat => {
    const aisle = aisleOf(seat, unit[index - 1], unit[index + 1])
    return {
      id: ids[index] ?? String(index + 1),
      row: seat.row,
      number: seat.number,
      label: `${seat.row}${seat.number}`,
      x: seat.x,
      y: seat.y,
      zone: seat.zone,
      kind: kindOf(seat.zone),
      ...(aisle ? { aisle } : {}),
    }
  })
  const width = seats.reduce((most, seat) => Math.max(most, seat.x), 0) + 0.5
  const height = seats.reduce((most, seat) => Math.max(most, seat.y), 0) + 0.5
  return { width: round(width), height: round(height), seats }
}

/** Row and number when that is unique, then the plan's own id, then a running number. */
function uniqueIds(seats: RawSeat[]): string[] {
  const candidates = [
    seats.map((seat) => seatId(seat.row, seat.number)),
    seats.map((seat) => seat.guid),
    seats.map((_, index) => `S${index + 1}`),
  ]
  const fits = (ids: string[]) =>
    new Set(ids).size === ids.length &&
    ids.every((id) => id.length >= 1 && id.length <= 16 && !/[\p{Cc}\p{Cs}]/u.test(id))
  return candidates.find(fits) ?? []
}

function medianPitch(seats: RawSeat[]): number {
  const distances = seats
    .flatMap((seat, index) => {
      const next = seats[index + 1]
      return next?.line === seat.line ? [Math.hypot(next.x - seat.x, next.y - seat.y)] : []
    })
    .filter((distance) => distance > 0)
    .toSorted((a, b) => a - b)
  return distances[Math.floor(distances.length / 2)] ?? 0
}

function aisleOf(seat: RawSeat, before?: RawSeat, after?: RawSeat): LayoutSeat['aisle'] {
  const open = (other?: RawSeat) =>
    !other || other.line !== seat.line || Math.hypot(other.x - seat.x, other.y - seat.y) > 1.5
  const backwards = (after ?? seat).line === seat.line && (after ?? seat).x < seat.x
  const [left, right] = backwards ? [open(after), open(before)] : [open(before), open(after)]
  return left && right ? 'both' : left ? 'left' : right ? 'right' : undefined
}

function kindOf(category: string): LayoutSeat['kind'] {
  if (/wheel|rolli/i.test(category)) return 'wheelchair'
  if (/companion|begleit/i.test(category)) return 'companion'
  return /sofa|couch|love ?seat/i.test(category) ? 'sofa' : 'standard'
}
