import type { Order } from '@marquee/contracts/booking'
import { expect, test } from 'vitest'
import { newsOf } from './order-news.ts'

const an = (status: Order['status'], { cancelled = false, back = 0, returned = 0 } = {}) => {
  const money = (amount: number) =>
    amount > 0 ? [{ ticketId: 't', amount: { amount, currency: 'EUR' }, status: 'pending' }] : []
  return { status, show: { cancelled }, refunds: money(back), returned: money(returned) } as unknown as Order
}

test('whoever holds or has tickets is told that their show was cancelled, and then what comes back', () => {
  const cancelled = { cancelled: true }
  expect(newsOf(an('held'), an('held', cancelled))).toEqual({ kind: 'cancelled' })
  expect(newsOf(an('held'), an('expired', cancelled))).toEqual({ kind: 'cancelled' })
  expect(newsOf(an('held', cancelled), an('expired', cancelled))).toBeUndefined()
  expect(newsOf(an('confirmed', cancelled), an('refunded', { ...cancelled, back: 2600 }))).toEqual({
    kind: 'cancelled-refunded',
    amount: 2600,
  })
  expect(newsOf(an('paying'), an('expired', { ...cancelled, returned: 2600 }))).toEqual({
    kind: 'paid-back',
    amount: 2600,
  })
})

test('what is given back in parts is told part by part', () => {
  expect(newsOf(an('confirmed'), an('partly-refunded', { back: 1250 }))).toEqual({
    kind: 'refunded',
    amount: 1250,
  })
  expect(newsOf(an('partly-refunded', { back: 1250 }), an('refunded', { back: 2500 }))).toMatchObject({
    amount: 1250,
  })
})

test('a hold that ran out or was let go elsewhere is told, and that a payment goes on is not', () => {
  expect(newsOf(an('held'), an('expired'))).toEqual({ kind: 'expired' })
  expect(newsOf(an('held'), an('released'))).toEqual({ kind: 'released' })
  expect(newsOf(an('held'), an('paying'))).toBeUndefined()
  expect(newsOf(an('paying'), an('confirmed'))).toBeUndefined()
  expect(newsOf(an('expired'), an('expired'))).toBeUndefined()
})
