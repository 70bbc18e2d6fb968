import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cardOfNoMethod, cards, refusedCard } from './fake-payments.ts'
import { hall, holdOne } from './hold-one.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const hold = (seatIds?: string[]) => holdOne(office, seatIds)

const paidWhole = { amount: { amount: 2600, currency: 'EUR' } }
const captureOf = (orderId: string, attemptId: string) => ({
  orderId,
  attemptId,
  amount: office.payments.capture(attemptId).amount,
})

test('a card that pays buys a ticket a seat', async () => {
  const { order, pay, look } = await hold()
  const paid = await pay(cards.pays)
  expect(paid).toMatchObject({ ok: true, status: 200, value: { status: 'confirmed' } })
  const bought = await look()
  expect(bought.status).toBe('confirmed')
  expect(bought.tickets.map(({ seatId, status }) => [seatId, status])).toEqual([
    ['A1', 'valid'],
    ['A2', 'valid'],
  ])
  expect(await office.announced()).toContainEqual({
    name: 'order.confirmed.v1',
    payload: expect.objectContaining({ orderId: order.id, version: 3, tickets: 2 }),
  })
})

test('a declined card gives the seats back to the hold, and another card may pay', async () => {
  const { pay, look } = await hold()
  expect(await pay(cards.declined)).toMatchObject({ status: 402, code: 'payment-declined' })
  expect((await look()).status).toBe('held')
  expect(await pay(cards.pays)).toMatchObject({ ok: true, status: 200 })
})

test('a card that nobody knows leaves the order held', async () => {
  const { pay, look } = await hold()
  expect(await pay('4111111111111111')).toMatchObject({ status: 422, code: 'unknown-card' })
  expect((await look()).status).toBe('held')
})

test('a house without a way to pay says so at once, and keeps the seats for who asked', async () => {
  const { pay, look } = await hold()
  expect(await pay(cardOfNoMethod)).toMatchObject({ status: 409, code: 'method-not-offered' })
  expect((await look()).status).toBe('held')
})

test('an order that payments refuses as a whole is held again, and its card is not blamed', async () => {
  const { pay, look } = await hold()
  await expect(pay(refusedCard)).rejects.toThrow('2600 EUR')
  expect((await look()).status).toBe('held')
})

test('a payment that needs more goes on at the provider and ends by webhook', async () => {
  const { order, pay, look, attemptId } = await hold()
  expect(await pay(cards.asksMore)).toMatchObject({
    status: 202,
    value: { next: { redirectUrl: expect.any(String) } },
  })
  expect((await look()).status).toBe('paying')
  expect(await pay(cards.pays)).toMatchObject({ status: 409, code: 'payment-in-progress' })
  await office.booking().settle.captured(captureOf(order.id, attemptId()))
  expect((await look()).status).toBe('confirmed')
})

test('a webhook that overtakes the response sells the seats once', async () => {
  const { order, pay, look } = await hold()
  office.payments.beforeAnswer = async ({ attemptId, amount }) => {
    await office.booking().settle.captured({ orderId: order.id, attemptId, amount })
  }
  expect(await pay(cards.pays)).toMatchObject({ ok: true, status: 200 })
  office.payments.beforeAnswer = undefined
  expect((await look()).tickets).toHaveLength(2)
})

test('a duplicate webhook changes nothing', async () => {
  const { order, pay, look, attemptId, owed } = await hold()
  await pay(cards.pays)
  const before = await look()
  const capture = captureOf(order.id, attemptId())
  await Promise.all([1, 2, 3].map(() => office.booking().settle.captured(capture)))
  await office.db.transaction((tx) => office.booking().settle.capturedIn(tx, capture))
  await office.booking().settle.failed(capture)
  expect(await look()).toEqual(before)
  await office.booking().carryOutRefunds()
  expect(owed()).toEqual([])
})

test('paying seats are never taken, however late it gets', async () => {
  const { show, pay } = await hold()
  await pay(cards.asksMore)
  await office.advance({ minutes: 14 })
  await office.booking().sweepHolds()
  const other = await office.client
    .as(office.person())
    .attempt.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  expect(other).toMatchObject({ code: 'seats-taken' })
})

test('a payment silent for half an hour frees its seats, and a capture after that is given back', async () => {
  const { show, order, pay, look, attemptId, owed } = await hold()
  await pay(cards.asksMore)
  await office.advance({ minutes: 31 })
  await office.booking().endSilentPayments()
  expect((await look()).status).toBe('expired')
  const next = await office.client
    .as(office.person())
    .createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  expect(next.status).toBe('held')
  await office.booking().settle.captured(captureOf(order.id, attemptId()))
  await office.booking().settle.captured(captureOf(order.id, attemptId()))
  expect(await look()).toMatchObject({ refunds: [], returned: [{ ...paidWhole, status: 'pending' }] })
  await office.booking().carryOutRefunds()
  expect((await look()).returned).toEqual([{ ...paidWhole, status: 'done' }])
  expect(owed().map(({ amount, ticketId }) => [amount, ticketId])).toEqual([[2600, undefined]])
})

test('a payment that payments never heard of ends after a minute', async () => {
  const { pay, look, attemptId } = await hold()
  expect(await pay(cards.silent)).toMatchObject({
    status: 202,
    value: { next: { poll: expect.any(String) } },
  })
  office.payments.attempts.delete(attemptId())
  await office.advance({ minutes: 2 })
  await office.booking().endSilentPayments()
  expect((await look()).status).toBe('held')
})

test('an order whose seats are in disorder keeps no other from its end', async () => {
  const [broken, sound] = [await hold(), await hold()]
  for (const { pay, attemptId } of [broken, sound]) {
    await pay(cards.silent)
    office.payments.attempts.delete(attemptId())
  }
  await office.db.query('delete from seat_claims where order_id = $1', [broken.order.id])
  await office.advance({ minutes: 2 })
  await expect(office.booking().endSilentPayments()).rejects.toThrow('1 of 2')
  expect((await sound.look()).status).toBe('held')
  await office.advance({ minutes: 31 })
  await office.booking().endSilentPayments()
  expect((await broken.look()).status).toBe('expired')
})

test('a show cancelled while somebody pays gives the money back', async () => {
  const { show, order, pay, look, attemptId, owed } = await hold()
  await pay(cards.asksMore)
  await office.cancel(show)
  await office.booking().windDownShows()
  await office.booking().settle.captured(captureOf(order.id, attemptId()))
  await office.booking().carryOutRefunds()
  expect(await look()).toMatchObject({ status: 'expired', returned: [{ ...paidWhole, status: 'done' }] })
  expect(owed().map(({ amount }) => amount)).toEqual([2600])
})

test('a show cancelled while the bank takes the money answers that it comes back, not that the bank said no', async () => {
  const { show, order, pay, look } = await hold()
  office.payments.beforeAnswer = async () => {
    await office.cancel(show)
  }
  const key = `payment-key-${order.id}`
  expect(await pay(cards.pays, key)).toMatchObject({ status: 409, code: 'payment-returned' })
  office.payments.beforeAnswer = undefined
  expect(await look()).toMatchObject({ status: 'expired', returned: [{ ...paidWhole, status: 'pending' }] })
  expect(await pay(cards.pays, key)).toMatchObject({ status: 409, code: 'payment-returned' })
})

test('a cancelled show refunds every ticket with its fee and lets holds go', async () => {
  const { show, pay, look, owed } = await hold()
  await pay(cards.pays)
  const held = await office.client
    .as(office.person())
    .createOrder({ showId: show.showId, seats: adult('B1', 'B2') })
  await office.cancel(show)
  await office.booking().windDownShows()
  await office.booking().carryOutRefunds()
  const order = await look()
  expect(order.status).toBe('refunded')
  expect(order.show.cancelled).toBe(true)
  expect(order.refunds.map(({ status, amount }) => [status, amount.amount])).toEqual([
    ['done', 1300],
    ['done', 1300],
  ])
  expect(owed()).toHaveLength(2)
  const names = (await office.announced())
    .filter(({ payload }) => payload.orderId === held.id)
    .map(({ name }) => name)
  expect(names).toEqual(['order.expired.v1'])
  const late = await office.client
    .as(office.person())
    .attempt.createOrder({ showId: show.showId, seats: adult('B1') })
  expect(late).toMatchObject({ code: 'sales-closed' })
})

test('a cancelled show whose refunds fail keeps no other show waiting for its own', async () => {
  const two = [await hold(), await hold()].toSorted((a, b) => (a.show.showId < b.show.showId ? -1 : 1))
  for (const { show, pay } of two) {
    await pay(cards.pays)
    await office.cancel(show)
  }
  const [first, second] = two
  await office.db.query(
    `insert into refunds (id, order_id, ticket_id, amount, currency, reason, created_at)
     select gen_random_uuid(), order_id, id, 1, 'EUR', 'requested', clock() from tickets where order_id = $1 limit 1`,
    [first?.order.id],
  )
  await expect(office.booking().windDownShows()).rejects.toThrow('1 of 2')
  expect((await second?.look())?.status).toBe('refunded')
  await office.db.query('delete from refunds where order_id = $1 and amount = 1', [first?.order.id])
  await office.booking().windDownShows()
  expect((await first?.look())?.status).toBe('refunded')
})

test('a payment asked for twice with one key is paid once', async () => {
  const { order, pay } = await hold()
  const key = `payment-key-${order.id}`
  expect(await pay(cards.pays, key)).toMatchObject({ status: 200 })
  expect(await pay(cards.pays, key)).toMatchObject({ status: 200 })
  expect([...office.payments.attempts.values()].filter(({ orderId }) => orderId === order.id)).toHaveLength(1)
})

test('a hold that ran out cannot be paid', async () => {
  const { pay } = await hold()
  await office.advance({ minutes: 9 })
  expect(await pay(cards.pays)).toMatchObject({ status: 409, code: 'hold-expired' })
})

test('tickets that cost nothing are had without a card payment', async () => {
  const show = await office.putOn(hall, {
    bookingFee: { amount: 0, currency: 'EUR' },
    prices: [
      {
        zone: 'main',
        ticketType: 'free',
        name: 'Guest',
        proof: null,
        channels: ['online'],
        requires: [],
        price: { amount: 0, currency: 'EUR' },
      },
    ],
  })
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({
    showId: show.showId,
    seats: [{ seatId: 'A1', ticketType: 'free' }],
  })
  const paid = await buyer.payOrder({ orderId: order.id, method: 'sandbox' })
  expect(paid).toMatchObject({ status: 'confirmed' })
})
