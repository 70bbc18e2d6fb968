import { type Cell, type HallRow, mostSeats, type ParsedHall, placeRows, seatId } from './hall.ts'

const kinds = { w: 'wheelchair', c: 'companion', s: 'sofa' } as const
const defaultZone = 'standard'

type Line = { number: number; text: string }
type Mistake = { line: number; message: string }
type Row = HallRow & { line: number }

/**
 * Reads rows as people write them, screen first:
 *
 *     # a remark
 *     [stalls]                       rows below belong to this zone ("standard" unless told)
 *     A: 1-10 _ 11-20                seats, an aisle of one seat's width, seats
 *     B: 10-1 __ 11-20               numbers may run down; a wider aisle
 *     C: w1 c2 3-10 _ 11-19 r20      wheelchair space, companion seat, restricted view
 *                                    an empty line is an aisle across the hall
 *     [balcony]
 *     D: s1-4 _ s5-8                 sofas, two seats each
 *     E: 1-4 5-8@premium             a zone for some seats of a row
 */
export function parseRows(source: string): ParsedHall {
  const mistakes: Mistake[] = []
  const rows: Row[] = []
  let zone = defaultZone
  let gap = false
  let seats = 0
  const complain = (line: Line, message: string) => mistakes.push({ line: line.number, message })
  // Six letters stand for a thousand seats: beyond what fits they are counted and not made.
  const fits = (more: number) => {
    seats += more
    return seats <= mostSeats
  }

  for (const line of linesOf(source)) {
    if (line.text.startsWith('#')) continue
    if (line.text === '') {
      gap = true
      continue
    }
    const heading = /^\[(.*)\]$/.exec(line.text)
    if (heading) {
      zone = (heading[1] ?? '').trim()
      gap = true
      if (!isZone(zone)) complain(line, 'a zone looks like [balcony], with a name of 1 to 40 characters')
      continue
    }
    const row = parseRow(line, zone, { complain, fits })
    if (!row) continue
    rows.push({ ...row, line: line.number, gapBefore: gap && rows.length > 0 })
    gap = false
  }
  mistakes.push(...repeatedSeats(rows))
  const errors = mistakes
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, message }) => `Line ${line}: ${message}`)
  if (errors.length === 0 && seats === 0)
    errors.push('There are no seats: write rows such as "A: 1-10 _ 11-20"')
  if (seats > mostSeats) errors.push(`There are ${seats} seats; at most ${mostSeats} fit a layout`)
  return errors.length > 0 ? { ok: false, errors } : { ok: true, hall: placeRows(rows) }
}

function linesOf(source: string): Line[] {
  return source.split(/\r\n|\r|\n/).map((text, index) => ({ number: index + 1, text: text.trim() }))
}

type Notes = { complain: (line: Line, message: string) => void; fits: (seats: number) => boolean }

function parseRow(
  line: Line,
  zone: string,
  { complain, fits }: Notes,
): { name: string; cells: Cell[] } | undefined {
  const [, name = '', items = ''] = /^([^:]*):(.*)$/.exec(line.text) ?? []
  const rowName = name.trim()
  if (!line.text.includes(':')) {
    complain(line, `a row looks like "A: 1-10 _ 11-20", but this is "${short(line.text)}"`)
    return undefined
  }
  if (!/^[\p{L}\p{N}]{1,4}$/u.test(rowName)) {
    complain(line, `a row is named by 1 to 4 letters or digits, not "${short(rowName)}"`)
    return undefined
  }
  const cells: Cell[] = []
  for (const item of items.split(/[\s,]+/).filter(Boolean)) {
    const parsed = parseItem(item, zone, fits)
    if (typeof parsed === 'string') complain(line, `in row ${rowName}, ${parsed}`)
    else cells.push(...parsed)
  }
  if (items.trim() === '') complain(line, `row ${rowName} has no seats`)
  return { name: rowName, cells }
}

/** The cells an item stands for, or what is wrong with it. */
function parseItem(item: string, rowZone: string, fits: Notes['fits']): Cell[] | string {
  if (/^_{1,30}$/.test(item)) return Array.from(item, () => undefined)
  const match = /^([a-z]*)(\d{1,3})(?:[-–](\d{1,3}))?(?:@(.+))?$/u.exec(item)
  if (!match)
    return `"${short(item)}" is neither seats such as 1-10, an aisle _, nor a marked seat such as w1, c2 or s3-4`
  const [, marks = '', first = '', last = first, zone = rowZone] = match
  const unknown = [...marks].find((mark) => !'wcsr'.includes(mark))
  if (unknown)
    return `"${unknown}" in "${short(item)}" is no mark: w wheelchair, c companion, s sofa, r restricted view`
  const kindMarks = [...marks].filter((mark) => mark in kinds)
  if (kindMarks.length > 1) return `"${short(item)}" can be only one of wheelchair, companion and sofa`
  if (!isZone(zone)) return `the zone in "${short(item)}" needs a name of 1 to 40 characters`
  const kind =
    kindMarks[0] === 'w' ? kinds.w : kindMarks[0] === 'c' ? kinds.c : kindMarks[0] ? kinds.s : 'standard'
  if (!fits(Math.abs(Number(last) - Number(first)) + 1)) return []
  return countFrom(Number(first), Number(last)).map((number) => ({
    number: String(number),
    kind,
    zone,
    restrictedView: marks.includes('r'),
  }))
}

function countFrom(first: number, last: number): number[] {
  const step = first <= last ? 1 : -1
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => first + index * step)
}

function repeatedSeats(rows: Row[]): Mistake[] {
  const seen = new Map<string, number>()
  const errors = new Map<number, Mistake>()
  for (const row of rows)
    for (const cell of row.cells) {
      if (!cell) continue
      const id = seatId(row.name, cell.number)
      const before = seen.get(id)
      if (before === undefined) seen.set(id, row.line)
      else if (!errors.has(row.line))
        errors.set(row.line, {
          line: row.line,
          message: `seat ${id} is already on line ${before}; every seat needs its own name`,
        })
    }
  return [...errors.values()]
}

const isZone = (zone: string) => zone.length >= 1 && zone.length <= 40 && !/\p{Cc}/u.test(zone)
const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)
