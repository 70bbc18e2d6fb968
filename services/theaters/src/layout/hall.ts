import type { LayoutSeat } from '@marquee/contracts/theaters'

export type Hall = { width: number; height: number; seats: LayoutSeat[] }
export type ParsedHall = { ok: true; hall: Hall } | { ok: false; errors: string[] }

type Chair = {
  number: string
  kind: LayoutSeat['kind']
  zone: string
  restrictedView: boolean
}
/** A cell of a row is a chair or, undefined, a place to walk. */
export type Cell = Chair | undefined
export type HallRow = { name: string; cells: Cell[]; gapBefore: boolean }

export const mostSeats = 5000

/** Places rows of cells: centred, a pitch of one, bent a little towards the screen at both ends. */
export function placeRows(rows: HallRow[]): Hall {
  const width = Math.max(...rows.map((row) => row.cells.length))
  const bend = Math.min(1.5, width * 0.045)
  let top = 0
  const seats = rows.flatMap((row) => {
    if (row.gapBefore) top += 1
    const placed = placeRow(row, { left: (width - row.cells.length) / 2, top, width, bend })
    top += 1
    return placed
  })
  return { width, height: round(top + bend), seats }
}

type Place = { left: number; top: number; width: number; bend: number }

function placeRow({ name, cells }: HallRow, { left, top, width, bend }: Place): LayoutSeat[] {
  return cells.flatMap((chair, index) => {
    if (!chair) return []
    const x = left + index + 0.5 + sofaShift(cells, index)
    const fromMiddle = (x - width / 2) / (width / 2)
    const sides = [cells[index - 1] ? '' : 'left', cells[index + 1] ? '' : 'right'].filter(Boolean)
    const aisle = sides.length === 2 ? 'both' : sides[0] === 'left' ? 'left' : sides[0] ? 'right' : undefined
    return [
      {
        id: seatId(name, chair.number),
        row: name,
        number: chair.number,
        label: seatId(name, chair.number),
        x: round(x),
        y: round(top + 0.5 + bend * (1 - fromMiddle ** 2)),
        zone: chair.zone,
        kind: chair.kind,
        ...(aisle ? { aisle } : {}),
        ...(chair.restrictedView ? { restrictedView: true } : {}),
      },
    ]
  })
}

/** Two sofa seats share a sofa, so they move together a little. */
function sofaShift(cells: Cell[], index: number): number {
  if (cells[index]?.kind !== 'sofa') return 0
  let first = index
  while (cells[first - 1]?.kind === 'sofa') first -= 1
  const leftOne = (index - first) % 2 === 0
  if (leftOne) return cells[index + 1]?.kind === 'sofa' ? 0.07 : 0
  return -0.07
}

/** `F12`; a row named by a number needs a hyphen, or seat 12 of row 1 were seat 2 of row 11. */
export function seatId(row: string, number: string): string {
  return /\d$/.test(row) ? `${row}-${number}` : `${row}${number}`
}

export function round(value: number): number {
  return Math.round(value * 100) / 100
}
