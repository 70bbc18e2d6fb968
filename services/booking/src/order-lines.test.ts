import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderLines, splitTax, totalOf } from './order-lines.ts'

test('net and tax always add up to what was paid', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 500 }), (gross, rate) => {
      const { net, tax } = splitTax(gross, rate)
      expect(net + tax).toBe(gross)
      expect(Math.abs(tax * (1000 + rate) - gross * rate) * 2).toBeLessThanOrEqual(1000 + rate)
    }),
  )
})

test('a ticket of 11.90 at 19% holds 1.90 of tax', () => {
  expect(splitTax(1190, 190)).toEqual({ net: 1000, tax: 190 })
})

test('half a cent of tax is rounded up', () => {
  expect(splitTax(21, 50)).toEqual({ net: 20, tax: 1 })
  expect(splitTax(3, 200)).toEqual({ net: 2, tax: 1 })
})

test('an order has a line a seat and one for the booking fee', () => {
  const seat = { row: 'F', ticketName: 'Adult', price: 1200 }
  const lines = orderLines(
    [
      { ...seat, seatId: 'F1', number: '1' },
      { ...seat, seatId: 'F2', number: '2' },
    ],
    {
      taxRatePermille: 70,
      bookingFee: 50,
    },
  )
  expect(lines.map((line) => [line.label, line.gross])).toEqual([
    ['F1 · Adult', 1200],
    ['F2 · Adult', 1200],
    ['Booking fee', 100],
  ])
  expect(totalOf(lines)).toBe(2500)
})
