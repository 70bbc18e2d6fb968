import { countQueries } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'

const anyTable = /\bfrom (orders|tickets|shows|show_facts|seat_claims|refunds)\b/
const many = 20
let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

test('my orders cost as many queries for twenty as for two, whatever became of them', async () => {
  const caller = office.person()
  const mine = office.client.as(caller)
  for (let at = 0; at < many; at += 1) {
    const show = await office.putOn(['....'])
    const { id: orderId } = await mine.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
    if (at % 2 === 0) await mine.payOrder({ orderId, method: 'sandbox', card: cards.pays })
    if (at % 4 === 0) await mine.refundOrder({ orderId })
  }
  const queriesFor = async (limit: number) => {
    let found = 0
    const queries = await countQueries(anyTable, async () => {
      found = (await mine.listOrders({ limit })).items.length
    })
    expect(found).toBe(limit)
    return queries
  }
  const two = await queriesFor(2)
  expect(two).toBeGreaterThan(0)
  expect(await queriesFor(many)).toBe(two)
})
