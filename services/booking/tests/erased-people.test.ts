import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgetPerson } from '../src/order-store.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const hall = ['............', '............']
const erase = (userId: string) => office.db.transaction((tx) => forgetPerson(tx, userId))
const key = (word: string) => ({ idempotencyKey: `a-key-of-somebody-${word}` })

/** Somebody who bought a pair of seats and gave them back, each with a key. */
async function gaveBack(word: string) {
  const userId = randomUUIDv7()
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person(userId))
  const hold = { showId: show.showId, seats: adult('A1', 'A2') }
  const { id: orderId } = await buyer.createOrder(hold, key(`${word}-hold`))
  await buyer.payOrder({ orderId, method: 'sandbox', card: cards.pays }, key(`${word}-pay`))
  const refund = () => buyer.refundOrder({ orderId }, key(`${word}-refund`))
  await refund()
  return { userId, orderId, refund }
}

test('nothing that is kept of an order tells which account it was of, once that is erased', async () => {
  const [{ userId }, other] = [await gaveBack('gone'), await gaveBack('staying')]
  const kept = async (who: string) => {
    const { rows } = await office.db.query(
      `select 'order' from orders o where o::text like '%' || $1 || '%'
       union all select 'request' from requests r where r::text like '%' || $1 || '%'`,
      [who],
    )
    return rows.length
  }
  expect(await kept(userId)).toBe(3)
  await erase(userId)
  expect(await kept(userId)).toBe(0)
  expect(await kept(other.userId)).toBe(3)
  expect(await other.refund()).toMatchObject({ status: 'refunded' })
})

test('erasing somebody stands in nobody’s way who locks two orders of theirs, the older first', async () => {
  const userId = randomUUIDv7()
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person(userId))
  const { id: older } = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  const { id: newer } = await buyer.createOrder({ showId: show.showId, seats: adult('B1', 'B2') })
  const lock = 'select 1 from orders where id = $1 for update nowait'
  const [locked, waiting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const locking = office.db.transaction(async (tx) => {
    await tx.query(lock, [older])
    locked.resolve()
    await waiting.promise
    await tx.query(lock, [newer])
  })
  await locked.promise
  const erased = erase(userId)
  await waitsForLock().then(waiting.resolve, waiting.reject)
  await locking
  await erased
  expect(await buyer.attempt.getOrder({ orderId: newer })).toMatchObject({ status: 403 })
})

async function waitsForLock(): Promise<void> {
  for (let looks = 0; looks < 5000; looks += 1) {
    const { rowCount } = await office.db.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (rowCount > 0) return
  }
  throw new Error('erasing waits for no order')
}
