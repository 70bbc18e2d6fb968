import type { Layout } from '@marquee/contracts/theaters'
import { expect, test } from 'vitest'
import { rowsOfLayout } from './rows-of-layout.ts'
import { lineError } from './use-preview.ts'

/** Seats as the theaters service places them, without its bend. */
function row(name: string, top: number, cells: string, zone = 'standard'): Layout['seats'] {
  const left = (12 - cells.length) / 2
  let number = 0
  return [...cells].flatMap((cell, index) => {
    if (cell === '_') return []
    number += 1
    const x = left + index + 0.5
    const kind = cell === 'w' ? 'wheelchair' : cell === 's' ? 'sofa' : 'standard'
    const bend = 12 * 0.045 * (1 - ((x - 6) / 6) ** 2)
    return [
      {
        id: `${name}${number}`,
        row: name,
        number: `${number}`,
        label: '',
        x,
        y: top + 0.5 + bend,
        zone,
        kind,
      },
    ]
  })
}

test('a layout is written as the rows it was pasted from', () => {
  const seats = [
    ...row('A', 0, 'w..._....'),
    ...row('B', 1, '......______'),
    ...row('C', 3, '.....'),
    ...row('D', 5, 'ssss_ssss', 'balcony'),
  ]
  const layout: Layout = { id: 'x'.repeat(22), width: 12, height: 6, seats }
  expect(rowsOfLayout(layout).split('\n')).toEqual([
    'A: w1 2-4 _ 5-8',
    'B: 1-6 ______',
    '',
    'C: 1-5',
    '',
    '[balcony]',
    'D: s1-4 _ s5-8',
  ])
})

test('an error says on which line it stands', () => {
  expect(lineError('Line 4: row A has no seats')).toEqual({ line: 4, text: 'row A has no seats' })
  expect(lineError('There are no seats')).toEqual({ line: undefined, text: 'There are no seats' })
})
