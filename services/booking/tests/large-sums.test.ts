import { randomUUIDv7 } from 'node:crypto'
import type { ShowFacts } from '@marquee/contracts/theaters'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'
import { holdOne } from './hold-one.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const costing = (amount: number): Partial<ShowFacts> => ({
  currency: 'IDR',
  bookingFee: { amount: 50, currency: 'IDR' },
  prices: [
    {
      zone: 'main',
      ticketType: 'adult',
      name: 'Adult',
      proof: null,
      channels: ['online'],
      requires: [],
      price: { amount, currency: 'IDR' },
    },
  ],
})

test('three seats at 50,000.00 are paid', async () => {
  const { pay, look } = await holdOne(office, ['A1', 'A2', 'A3'], costing(5_000_000))
  expect(await pay(cards.pays)).toMatchObject({ ok: true, value: { status: 'confirmed' } })
  expect((await look()).total).toEqual({ amount: 15_000_150, currency: 'IDR' })
})

test('a capture of 150,000.00 that bought nothing is given back', async () => {
  const { show, order, pay, attemptId, owed } = await holdOne(office, ['A1', 'A2', 'A3'], costing(5_000_000))
  await pay(cards.asksMore)
  await office.cancel(show)
  await office.booking().windDownShows()
  await office.booking().settle.captured({
    orderId: order.id,
    attemptId: attemptId(),
    amount: office.payments.capture(attemptId()).amount,
  })
  await office.booking().carryOutRefunds()
  expect(owed().map(({ amount }) => amount)).toEqual([15_000_150])
})

test('an owner sees what a show took and what cancelling it gives back, however much that is', async () => {
  const show = await office.putOn(
    Array.from({ length: 22 }, () => '..........'),
    costing(10_000_000),
  )
  for (let row = 0; row < 22; row += 1) {
    const buyer = office.client.as(office.person())
    const seats = Array.from({ length: 10 }, (_, at) => `${String.fromCharCode(65 + row)}${at + 1}`)
    const { id: orderId } = await buyer.createOrder({ showId: show.showId, seats: adult(...seats) })
    await buyer.payOrder({ orderId, method: 'sandbox', card: cards.pays })
  }
  const owner = randomUUIDv7()
  await office.hire(show, owner, 'owner')
  const client = office.client.as(office.person(owner))
  const money = { amount: 2_200_011_000, currency: 'IDR' }
  const { items } = await client.showSales({ theaterId: show.theaterId, from: show.day })
  expect(items).toMatchObject([{ showId: show.showId, takings: money }])
  expect(await client.cancellationPreview({ showId: show.showId })).toMatchObject({ tickets: 220, money })
})
