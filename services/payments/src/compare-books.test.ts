import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareBooks, type Movement } from './compare-books.ts'
import { type Account, captured, refundOwed, refundPaid } from './ledger.ts'

const capture: Movement = { reference: 'a', kind: 'capture', amount: 2450, currency: 'EUR' }
const refund: Movement = { reference: 'r', kind: 'refund', amount: 1200, currency: 'EUR' }

it('finds nothing between equal books, in whatever order', () => {
  const comparison = compareBooks([capture, refund], [refund, capture])
  expect(comparison).toEqual({ differences: [], missing: [], captures: 1, refunds: 1 })
})

it('names the capture that we do not know, and what it makes in money', () => {
  const comparison = compareBooks([], [capture])
  expect(comparison.differences).toEqual([{ currency: 'EUR', ours: 0, theirs: 2450 }])
  expect(comparison.missing).toEqual([{ reference: 'a', side: 'ours', detail: 'capture of 2450 EUR' }])
})

it('names what we claim and the provider does not', () => {
  expect(compareBooks([capture, refund], [capture]).missing).toMatchObject([
    { reference: 'r', side: 'theirs' },
  ])
})

it('is not fooled by differences that cancel out', () => {
  const other = { ...capture, reference: 'b' }
  const comparison = compareBooks([capture], [other])
  expect(comparison.differences).toEqual([])
  expect(comparison.missing.map(({ reference, side }) => [reference, side])).toEqual([
    ['b', 'ours'],
    ['a', 'theirs'],
  ])
})

it('notices a capture counted twice', () => {
  expect(compareBooks([capture, capture], [capture]).differences).toEqual([
    { currency: 'EUR', ours: 4900, theirs: 2450 },
  ])
})

it('every transaction sums to zero', () => {
  const accounts = fc.constantFrom<Account>('theater:1', 'customers:unapplied')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e7 }), accounts, (amount, account) => {
      const movement = { reference: 'x', amount, currency: 'EUR' }
      for (const postings of [
        captured(movement, { provider: 'sandbox', to: account }),
        refundOwed(movement, { by: account }),
        refundPaid(movement, { provider: 'sandbox' }),
      ])
        expect(postings.reduce((sum, posting) => sum + posting.amount, 0)).toBe(0)
    }),
  )
})
