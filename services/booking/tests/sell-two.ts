import { randomUUIDv7 } from 'node:crypto'
import { adult, type BoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'

/** Two tickets of a show, sold to one buyer, and somebody who checks them at the door. */
export async function sellTwo(office: BoxOffice) {
  const show = await office.putOn(['............'])
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  await buyer.payOrder({ orderId: order.id, method: 'sandbox', card: cards.pays })
  const usherId = randomUUIDv7()
  await office.hire(show, usherId, 'staff')
  const { tickets } = await buyer.getOrder({ orderId: order.id })
  const [first, second] = tickets.map(({ id, code }) => ({ id, code }))
  if (!first || !second) throw new Error('no tickets')
  return { show, buyer, order, usher: office.client.as(office.person(usherId)), first, second }
}
