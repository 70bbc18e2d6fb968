import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

test('ids in capitals are the same ids', async () => {
  const show = await office.putOn(['............'])
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({ showId: show.showId.toUpperCase(), seats: adult('A1', 'A2') })
  const orderId = order.id.toUpperCase()
  await buyer.payOrder({ orderId, method: 'sandbox', card: cards.pays })
  const { tickets } = await buyer.getOrder({ orderId })
  const one = tickets.slice(0, 1).map(({ id }) => id.toUpperCase())
  expect(await buyer.refundOrder({ orderId, tickets: one })).toMatchObject({ status: 'partly-refunded' })
})
