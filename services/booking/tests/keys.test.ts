import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'

type Booking = ReturnType<BoxOffice['booking']>

let office: BoxOffice
let second: Booking
beforeAll(async () => {
  office = await openBoxOffice()
  second = await office.another()
})
afterAll(async () => {
  second.feed.stop()
  await office.close()
})

const key = (word: string) => ({ idempotencyKey: `a-key-of-somebody-${word}` })

/** Somebody who holds two seats and asks this process or the second. */
async function buyer() {
  const person = office.person()
  const here = office.client.as(person)
  const there = office.clientOf(() => second).as(person)
  const show = await office.putOn(['............', '............'])
  const { id } = await here.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  return { here, there, first: { orderId: id } }
}

test('whose bank asks for more and who loses the answer is sent there again by the same key', async () => {
  const { here, there, first } = await buyer()
  const wish = { orderId: first.orderId, method: 'sandbox' as const, card: cards.asksMore }
  const answer = await here.payOrder(wish, key('3ds'))
  expect(answer).toEqual({ status: 'paying', next: { redirectUrl: 'http://provider.example/3ds' } })
  expect(await here.payOrder(wish, key('3ds'))).toEqual(answer)
  expect(await there.payOrder(wish, key('3ds'))).toEqual(answer)
  await office.restart()
  expect(await here.payOrder(wish, key('3ds'))).toEqual(answer)
  expect(await here.attempt.payOrder(wish, key('3ds-other'))).toMatchObject({
    status: 409,
    code: 'payment-in-progress',
  })
  expect(await here.attempt.payOrder({ ...wish, card: cards.pays }, key('3ds'))).toMatchObject({
    status: 422,
    code: 'idempotency-key-reused',
  })
})

test('a payment that was told to wait says so again', async () => {
  const { here, there, first } = await buyer()
  const wish = { orderId: first.orderId, method: 'sandbox' as const, card: cards.silent }
  const answer = await here.payOrder(wish, key('silent'))
  expect(answer).toEqual({ status: 'paying', next: { poll: `/api/orders/${first.orderId}` } })
  expect(await there.payOrder(wish, key('silent'))).toEqual(answer)
})
