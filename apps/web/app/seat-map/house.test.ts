import type { LayoutSeat } from '@marquee/contracts/theaters'
import { describe, expect, test } from 'vitest'
import { pitch, placeHouse } from './geometry.ts'
import { walk } from './walk.ts'

const seat = (row: string, number: number, more: Partial<LayoutSeat> = {}): LayoutSeat => ({
  id: `${row}${number}`,
  row,
  number: String(number),
  label: `${row}${number}`,
  x: number,
  y: row.charCodeAt(0) - 65,
  zone: 'stalls',
  kind: 'standard',
  ...more,
})
const layout = (seats: LayoutSeat[]) => ({ id: 'layout-aaaaaaaaaaaaaaaa', width: 10, height: 10, seats })
const rowOf = (row: string, count: number, more: Partial<LayoutSeat> = {}) =>
  Array.from({ length: count }, (_, index) => seat(row, index + 1, more))

describe('drawing a house', () => {
  const house = placeHouse(layout([...rowOf('A', 8), ...rowOf('B', 8), ...rowOf('C', 6)]))

  test('keeps neighbours one seat apart, whatever the layout is measured in', () => {
    const wide = placeHouse(layout(rowOf('A', 8).map((one) => ({ ...one, x: one.x * 25 }))))
    const xs = wide.rows[0]?.seats.map((one) => one.x) ?? []
    expect(xs.slice(1).map((x, index) => Math.round(x - (xs[index] ?? 0)))).toEqual(Array(7).fill(pitch))
  })
  test('bends straight rows, their ends towards the screen', () => {
    const [first, , , middle] = house.rows[1]?.seats ?? []
    expect(first?.y).toBeLessThan(middle?.y ?? 0)
    expect(first?.turn).toBeGreaterThan(0)
  })
  test('keeps a curve that the layout has, and turns the seats along it', () => {
    const row = (name: string) => rowOf(name, 9).map((one) => ({ ...one, y: one.y - (one.x - 5) ** 2 / 20 }))
    const curved = placeHouse(layout([...row('A'), ...row('B')]))
    const turns = curved.rows[0]?.seats.map((one) => Math.sign(one.turn))
    expect(turns).toEqual([1, 1, 1, 1, 0, -1, -1, -1, -1])
  })
  test('leaves room and a name where another zone begins', () => {
    const two = placeHouse(layout([...rowOf('A', 8), ...rowOf('B', 8, { zone: 'balcony' })]))
    expect(two.labels.map((label) => label.zone)).toEqual(['stalls', 'balcony'])
  })
  test('tells apart rows of the same letter in stalls and balcony', () => {
    const upstairs = rowOf('A', 8, { zone: 'balcony', y: 9 }).map((one) => ({ ...one, id: `U${one.number}` }))
    const two = placeHouse(layout([...rowOf('A', 8), ...rowOf('B', 8), ...rowOf('C', 8), ...upstairs]))
    expect(two.rows.map((row) => row.name)).toEqual(['A', 'B', 'C', 'A'])
  })
  test('draws two sofa seats as one sofa, and a single one alone', () => {
    const sofas = placeHouse(layout(rowOf('A', 3, { kind: 'sofa' })))
    expect(sofas.rows[0]?.seats.map((one) => one.joins)).toEqual(['right', 'left', undefined])
  })
  test('draws a house of a single seat', () => {
    expect(placeHouse(layout([seat('A', 1)])).rows).toHaveLength(1)
  })
})

describe('walking the house by keyboard', () => {
  const house = placeHouse(layout([...rowOf('A', 8), ...rowOf('B', 8), ...rowOf('C', 6)]))
  const go = (from: string, key: string, control = false) => walk(house, from, key, control)

  test('goes along the row and stops at its end', () => {
    expect(go('A1', 'ArrowRight')).toBe('A2')
    expect(go('A8', 'ArrowRight')).toBe('A8')
  })
  test('goes to the nearest seat of the next row', () => {
    expect(go('B3', 'ArrowDown')).toBe('C3')
    expect(go('B8', 'ArrowDown')).toBe('C6')
    expect(go('A2', 'ArrowUp')).toBe('A2')
  })
  test('jumps to the ends of row and house', () => {
    expect(go('B5', 'Home')).toBe('B1')
    expect(go('B5', 'End', true)).toBe('C6')
  })
  test('leaves other keys alone', () => {
    expect(go('A1', 'x')).toBeUndefined()
  })
})
