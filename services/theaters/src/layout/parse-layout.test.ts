import type { Layout, LayoutInput } from '@marquee/contracts/theaters'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { parseLayout } from './parse-layout.ts'

function read(input: z.infer<typeof LayoutInput>): Layout {
  const parsed = parseLayout(input)
  if (!parsed.ok) throw new Error(parsed.errors.join('\n'))
  return parsed.layout
}
function errorsOf(input: z.infer<typeof LayoutInput>): string[] {
  const parsed = parseLayout(input)
  return parsed.ok ? [] : parsed.errors
}
const seat = (layout: Layout, id: string) => layout.seats.find((one) => one.id === id)

describe('rows as text', () => {
  test('a row with an aisle has its seats on both sides of it', () => {
    const layout = read('A: 1-10 _ 11-20')
    expect(layout.seats).toHaveLength(20)
    expect(layout.width).toBe(21)
    expect(seat(layout, 'A10')).toMatchObject({ row: 'A', number: '10', aisle: 'right', zone: 'standard' })
    expect(seat(layout, 'A11')?.aisle).toBe('left')
    expect(seat(layout, 'A5')?.aisle).toBeUndefined()
    expect((seat(layout, 'A11')?.x ?? 0) - (seat(layout, 'A10')?.x ?? 0)).toBe(2)
  })
  test('marks make wheelchair spaces, companion seats, sofas and restricted views', () => {
    const layout = read('A: w1 c2 3 r4 _ s5-6')
    expect(layout.seats.map((one) => one.kind)).toEqual([
      'wheelchair',
      'companion',
      'standard',
      'standard',
      'sofa',
      'sofa',
    ])
    expect(seat(layout, 'A4')?.restrictedView).toBe(true)
  })
  test('the two seats of a sofa stand closer together than two sofas do', () => {
    const layout = read('A: s1-4')
    const [a = 0, b = 0, c = 0] = layout.seats.map((one) => one.x)
    expect(b - a).toBeLessThan(c - b)
  })
  test('zones come from headings and from single items', () => {
    const layout = read('A: 1-2\n\n[balcony]\nB: 1-2 3@premium')
    expect(layout.seats.map((one) => one.zone)).toEqual([
      'standard',
      'standard',
      'balcony',
      'balcony',
      'premium',
    ])
  })
  test('numbers may run from right to left', () => {
    expect(read('A: 3-1').seats.map((one) => one.id)).toEqual(['A3', 'A2', 'A1'])
  })
  test('rows named by numbers keep their seats apart', () => {
    const layout = read('1: 12\n11: 2')
    expect(layout.seats.map((one) => one.id)).toEqual(['1-12', '11-2'])
  })
  test('rows bend towards the screen at both ends', () => {
    const layout = read('A: 1-21')
    expect(seat(layout, 'A1')?.y).toBeLessThan(seat(layout, 'A11')?.y ?? 0)
    expect(seat(layout, 'A1')?.y).toBe(seat(layout, 'A21')?.y)
  })
  test('mistakes are named with their line', () => {
    expect(errorsOf('A: 1-10\nB 1-10\nC: 1-x\nD: q3\nE: wc1\nTOOLONG: 1\nA: 3')).toEqual([
      'Line 2: a row looks like "A: 1-10 _ 11-20", but this is "B 1-10"',
      'Line 3: in row C, "1-x" is neither seats such as 1-10, an aisle _, nor a marked seat such as w1, c2 or s3-4',
      'Line 4: in row D, "q" in "q3" is no mark: w wheelchair, c companion, s sofa, r restricted view',
      'Line 5: in row E, "wc1" can be only one of wheelchair, companion and sofa',
      'Line 6: a row is named by 1 to 4 letters or digits, not "TOOLONG"',
      'Line 7: seat A3 is already on line 1; every seat needs its own name',
    ])
    expect(errorsOf('A: 1-3\nA: 2\nB 1-3').map((error) => error.slice(0, 7))).toEqual(['Line 2:', 'Line 3:'])
    expect(errorsOf('# nothing here')[0]).toContain('no seats')
    expect(errorsOf(Array.from({ length: 9 }, (_, row) => `${row}: 1-999`).join('\n'))[0]).toContain(
      'at most 5000',
    )
  })
})

test('sixteen million seats in a few letters are counted, not made', () => {
  const before = process.memoryUsage().heapUsed
  expect(errorsOf(`A: ${'1-999 '.repeat(16_000)}`).at(-1)).toContain('There are 15984000 seats')
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000)
})

describe('whatever hall an owner draws', () => {
  const segment = fc.record({
    mark: fc.constantFrom('', 'w', 'c', 's', 'r', 'sr'),
    count: fc.integer({ min: 1, max: 12 }),
    gap: fc.integer({ min: 0, max: 3 }),
  })
  const hall = fc.array(fc.array(segment, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 20 })
  const rowName = (index: number) => String.fromCharCode(65 + index)
  const marks = { wheelchair: 'w', companion: 'c', sofa: 's', standard: '' }

  function write(rows: { mark: string; count: number; gap: number }[][], space: string): string {
    return rows
      .map((row, index) => {
        let next = 1
        const items = row.flatMap(({ mark, count, gap }) => {
          const seats = `${mark}${next}-${next + count - 1}`
          next += count
          return gap > 0 ? [seats, '_'.repeat(gap)] : [seats]
        })
        return `${rowName(index)}:${space}${items.join(space)}`
      })
      .join('\n')
  }

  test('what was written as rows is what is read, seat by seat', () => {
    fc.assert(
      fc.property(hall, (rows) => {
        const layout = read(write(rows, ' '))
        const expected = rows.flatMap((row, index) => {
          const inOrder = row.flatMap(({ mark, count }) => Array.from({ length: count }, () => mark))
          return inOrder.map((mark, place) => `${rowName(index)}${place + 1}:${mark}`)
        })
        const found = layout.seats.map(
          (one) => `${one.id}:${marks[one.kind]}${one.restrictedView ? 'r' : ''}`,
        )
        expect(found).toEqual(expected)
      }),
    )
  })
  test('seats never overlap, stay inside the hall, and spacing or remarks change nothing', () => {
    fc.assert(
      fc.property(hall, (rows) => {
        const layout = read(write(rows, ' '))
        expect(read(`# remark\n${write(rows, '   ')}\n`).id).toBe(layout.id)
        for (const one of layout.seats) {
          expect(one.x).toBeGreaterThan(0)
          expect(one.x).toBeLessThan(layout.width)
          expect(one.y).toBeGreaterThan(0)
          expect(one.y).toBeLessThan(layout.height)
        }
        for (const [index, one] of layout.seats.entries()) {
          const next = layout.seats[index + 1]
          if (next?.row === one.row) expect(next.x - one.x).toBeGreaterThan(0.8)
        }
      }),
    )
  })
  test('a layout given back as an object keeps its id', () => {
    fc.assert(
      fc.property(hall, (rows) => {
        const layout = read(write(rows, ' '))
        expect(read({ width: layout.width, height: layout.height, seats: layout.seats }).id).toBe(layout.id)
      }),
    )
  })
  test('no text at all makes the reader fail otherwise than by naming mistakes', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => void parseLayout(text)))
  })
})

describe('other forms', () => {
  test('an object with two seats of one name is refused', () => {
    const one = {
      id: 'A1',
      row: 'A',
      number: '1',
      label: 'A1',
      x: 1,
      y: 1,
      zone: 'standard',
      kind: 'standard' as const,
    }
    expect(errorsOf({ width: 3, height: 3, seats: [one, one] })).toEqual(['seats.1: there are two seats A1'])
    expect(errorsOf({ width: 3, height: 3, seats: [{ ...one, x: 9 }] })).toEqual([
      'seats.0: A1 lies outside the layout',
    ])
  })
  test('a pretix plan keeps rows, numbers and categories, scaled to one seat', () => {
    const seats = (y: number, category: string) =>
      [0, 30, 60, 150, 180].map((x, index) => ({
        seat_number: String(index + 1),
        seat_guid: `guid-${y}-${index}`,
        position: { x, y: 0 },
        category,
      }))
    const layout = read({
      name: 'Hall',
      zones: [
        {
          name: 'Ground',
          position: { x: 100, y: 50 },
          rows: [
            { row_number: 'A', position: { x: 0, y: 0 }, seats: seats(0, 'Stalls') },
            { row_number: 'B', position: { x: 0, y: 36 }, seats: seats(1, 'Wheelchair') },
          ],
        },
      ],
    })
    expect(layout.seats).toHaveLength(10)
    expect(seat(layout, 'A1')).toMatchObject({ x: 0.5, y: 0.5, zone: 'Stalls', aisle: 'left' })
    expect(seat(layout, 'A3')).toMatchObject({ x: 2.5, aisle: 'right' })
    expect(seat(layout, 'A4')?.aisle).toBe('left')
    expect(seat(layout, 'B2')).toMatchObject({ kind: 'wheelchair', y: 1.7 })
  })
  test('a file that is no plan says where it went wrong', () => {
    expect(errorsOf({ zones: [{ rows: [{ seats: [{ position: { x: 'far' } }] }] }] })[0]).toContain(
      'zones.0.rows.0',
    )
    expect(errorsOf({ zones: [{ name: 'empty' }] })).toEqual(['zones: the plan has no seats'])
  })
})
