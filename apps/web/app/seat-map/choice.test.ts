import { describe, expect, test } from 'vitest'
import { firstOffer, isMet, type Offer, offersFor, sumOf, unmet } from './choice.ts'

const offer = (ticketType: string, amount: number, more: Partial<Offer> = {}): Offer => ({
  zone: 'stalls',
  ticketType,
  name: ticketType,
  price: { amount, currency: 'EUR' },
  proof: null,
  channels: ['online', 'counter'],
  requires: [],
  ...more,
})
const prices = [
  offer('student', 750, { proof: 'Student card' }),
  offer('adult', 950),
  offer('counter-only', 100, { channels: ['counter'] }),
  offer('wheelchair', 700),
  offer('companion', 0, { requires: ['wheelchair'] }),
  offer('adult', 1200, { zone: 'balcony' }),
]
const standard = { zone: 'stalls', kind: 'standard' } as const

describe('ticket types of a seat', () => {
  test('sells online only what is meant for it, at the price of its zone', () => {
    expect(offersFor(prices, standard).map((one) => one.ticketType)).not.toContain('counter-only')
    expect(firstOffer(prices, { zone: 'balcony', kind: 'standard' }, [])?.price.amount).toBe(1200)
  })
  test('starts with an ordinary adult ticket', () => {
    expect(firstOffer(prices, standard, [])?.ticketType).toBe('adult')
  })
  test('starts a wheelchair space with its own ticket', () => {
    expect(firstOffer(prices, { zone: 'stalls', kind: 'wheelchair' }, [])?.ticketType).toBe('wheelchair')
  })
  test('offers the companion ticket only beside a wheelchair ticket', () => {
    const companion = { zone: 'stalls', kind: 'companion' } as const
    expect(firstOffer(prices, companion, [])?.ticketType).toBe('adult')
    expect(firstOffer(prices, companion, [{ seatId: 'A1', ticketType: 'wheelchair' }])?.ticketType).toBe(
      'companion',
    )
  })
  test('says which ticket lost what it goes together with', () => {
    const alone = [{ seatId: 'A2', ticketType: 'companion' }]
    expect(unmet(prices, alone).map((one) => one.ticketType)).toEqual(['companion'])
    expect(isMet(offer('companion', 0, { requires: ['wheelchair'] }), alone)).toBe(false)
  })
})

test('a bill adds the fee of each seat and rounds the contained tax line by line, as the order will', () => {
  const terms = { bookingFee: { amount: 50, currency: 'EUR' }, taxRatePermille: 70 }
  expect(sumOf([950, 950], terms)).toEqual({ seats: 1900, fee: 100, total: 2000, tax: 131, currency: 'EUR' })
})
