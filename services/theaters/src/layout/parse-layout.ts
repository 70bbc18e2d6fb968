import { createHash } from 'node:crypto'
import type { Layout, LayoutInput, LayoutSeat } from '@marquee/contracts/theaters'
import type { z } from 'zod'
import { type Hall, type ParsedHall, round } from './hall.ts'
import { parsePretix } from './parse-pretix.ts'
import { parseRows } from './parse-rows.ts'

export type ParsedLayout = { ok: true; layout: Layout } | { ok: false; errors: string[] }

/** Reads a layout in any form it may be given and names it by its content. */
export function parseLayout(input: z.infer<typeof LayoutInput>): ParsedLayout {
  const parsed =
    typeof input === 'string' ? parseRows(input) : isHall(input) ? checkHall(input) : parsePretix(input)
  if (!parsed.ok) return { ok: false, errors: parsed.errors.slice(0, 20) }
  const hall = canonical(parsed.hall)
  return { ok: true, layout: { id: layoutId(hall), ...hall } }
}

function isHall(input: object): input is Hall {
  return 'seats' in input && 'width' in input && 'height' in input
}

const furthest = 10_000

function checkHall(hall: Hall): ParsedHall {
  const errors: string[] = []
  const seen = new Set<string>()
  if (!(hall.width > 0 && hall.width <= furthest && hall.height > 0 && hall.height <= furthest))
    errors.push(`width and height must be above 0 and at most ${furthest}`)
  for (const [index, seat] of hall.seats.entries()) {
    if (seen.has(seat.id)) errors.push(`seats.${index}: there are two seats ${seat.id}`)
    seen.add(seat.id)
    if (!/^[\p{L}\p{N}._-]+$/u.test(seat.id))
      errors.push(`seats.${index}: "${seat.id}" is no seat id such as F12`)
    if (/\p{Cc}/u.test(seat.row + seat.number + seat.label + seat.zone))
      errors.push(`seats.${index}: has control characters`)
    if (!(seat.x >= 0 && seat.x <= hall.width && seat.y >= 0 && seat.y <= hall.height))
      errors.push(`seats.${index}: ${seat.id} lies outside the layout`)
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, hall }
}

function canonical(hall: Hall): Hall {
  return { width: round(hall.width), height: round(hall.height), seats: hall.seats.map(canonicalSeat) }
}

function canonicalSeat(seat: LayoutSeat): LayoutSeat {
  return {
    id: seat.id,
    row: seat.row.toWellFormed(),
    number: seat.number.toWellFormed(),
    label: seat.label.toWellFormed(),
    x: round(seat.x),
    y: round(seat.y),
    zone: seat.zone.toWellFormed(),
    kind: seat.kind,
    ...(seat.aisle ? { aisle: seat.aisle } : {}),
    ...(seat.restrictedView ? { restrictedView: true } : {}),
  }
}

function layoutId(hall: Hall): string {
  return createHash('sha256').update(JSON.stringify(hall)).digest('base64url')
}
