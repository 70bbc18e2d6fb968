import type { House } from './geometry.ts'

const rowsPerPage = 5

/** The seat an arrow (or Home, End, Page) leads to; the same seat when there is none. */
export function walk(house: House, from: string, key: string, control: boolean): string | undefined {
  const rowIndex = house.rows.findIndex((row) => row.seats.some((one) => one.seat.id === from))
  const row = house.rows[rowIndex]
  if (!row) return undefined
  const column = row.seats.findIndex((one) => one.seat.id === from)
  const x = row.seats[column]?.x ?? 0
  const sideways = (to: number) => row.seats[to]?.seat.id ?? from
  const upOrDown = (by: number) => {
    const target = house.rows[Math.min(Math.max(rowIndex + by, 0), house.rows.length - 1)]
    return target && target !== row ? nearest(target.seats, x) : from
  }
  switch (key) {
    case 'ArrowLeft':
      return sideways(column - 1)
    case 'ArrowRight':
      return sideways(column + 1)
    case 'ArrowUp':
      return upOrDown(-1)
    case 'ArrowDown':
      return upOrDown(1)
    case 'PageUp':
      return upOrDown(-rowsPerPage)
    case 'PageDown':
      return upOrDown(rowsPerPage)
    case 'Home':
      return (control ? house.rows[0]?.seats[0] : row.seats[0])?.seat.id
    case 'End':
      return (control ? house.rows.at(-1)?.seats.at(-1) : row.seats.at(-1))?.seat.id
    default:
      return undefined
  }
}

function nearest(seats: House['rows'][number]['seats'], x: number): string | undefined {
  return seats.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0]?.seat.id
}
