import { randomUUIDv7 } from 'node:crypto'
import type { ShowFacts } from '@marquee/contracts/theaters'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'
import { hall, holdOne } from './hold-one.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

/** Somebody who bought these ticket types, a seat each from A1 on. */
async function bought(types: string[], facts: Partial<ShowFacts> = {}) {
  const show = await office.putOn(hall, facts)
  const buyer = office.client.as(office.person())
  const seats = types.map((ticketType, at) => ({ seatId: `A${at + 1}`, ticketType }))
  const { id: orderId } = await buyer.createOrder({ showId: show.showId, seats })
  await buyer.payOrder({ orderId, method: 'sandbox', card: cards.pays })
  const look = () => buyer.getOrder({ orderId })
  const { tickets } = await look()
  const idOf = (seatId: string) => tickets.find((ticket) => ticket.seatId === seatId)?.id ?? ''
  return {
    show,
    orderId,
    look,
    giveBack: (...seatIds: string[]) => buyer.attempt.refundOrder({ orderId, tickets: seatIds.map(idOf) }),
    giveBackAs: (userId: string, ...seatIds: string[]) =>
      office.client.as(office.person(userId)).attempt.refundOrder({ orderId, tickets: seatIds.map(idOf) }),
  }
}

test('a paying ticket does not go back without the free one that is had only beside it', async () => {
  const { giveBack, look } = await bought(['adult', 'free'])
  expect(await giveBack('A1')).toMatchObject({
    status: 422,
    code: 'invalid-input',
    problem: { errors: [{ path: 'tickets', message: 'free is sold only with adult' }] },
  })
  expect(await look()).toMatchObject({ status: 'confirmed', refunds: [] })
  expect(await giveBack('A1', 'A2')).toMatchObject({ ok: true, value: { status: 'refunded' } })
})

test('the free one goes back alone, and so does one paying ticket of two, but not the second', async () => {
  const helper = await bought(['adult', 'free'])
  expect(await helper.giveBack('A2')).toMatchObject({ ok: true, value: { status: 'partly-refunded' } })
  expect(await helper.giveBack('A1')).toMatchObject({ ok: true, value: { status: 'refunded' } })
  const two = await bought(['adult', 'adult', 'free'])
  expect(await two.giveBack('A1')).toMatchObject({ ok: true, value: { status: 'partly-refunded' } })
  expect(await two.giveBack('A2')).toMatchObject({ code: 'invalid-input' })
})

test('staff give a paying ticket back and leave the free one', async () => {
  const { show, giveBackAs } = await bought(['adult', 'free'])
  const usher = randomUUIDv7()
  await office.hire(show, usher, 'staff')
  expect(await giveBackAs(usher, 'A1')).toMatchObject({ ok: true, value: { status: 'partly-refunded' } })
})

test('a helper whose adult was given back at the counter goes back as well', async () => {
  const { show, giveBack, giveBackAs } = await bought(['adult', 'child', 'free'])
  const usher = randomUUIDv7()
  await office.hire(show, usher, 'staff')
  await giveBackAs(usher, 'A1')
  expect(await giveBack('A2')).toMatchObject({ ok: true, value: { status: 'partly-refunded' } })
  expect(await giveBack('A3')).toMatchObject({ ok: true, value: { status: 'refunded' } })
})

test('who sold a ticket at the counter gives the money back after the cut-off, as a colleague would', async () => {
  const show = await office.putOn(hall, { refundCutoffMinutes: 20_000 })
  const clerk = randomUUIDv7()
  await office.hire(show, clerk, 'staff')
  const till = office.client.as(office.person(clerk))
  const { id: orderId } = await till.createOrder({
    showId: show.showId,
    channel: 'counter',
    seats: adult('A1', 'A2'),
  })
  await till.payOrder({ orderId, method: 'sandbox', card: cards.pays })
  expect(await till.refundOrder({ orderId })).toMatchObject({ status: 'refunded' })
})

test('who works there keeps that right over an order whose link their browser opened', async () => {
  const show = await office.putOn(hall, { refundCutoffMinutes: 20_000 })
  const { id: orderId, secret = '' } = await office.client
    .as(office.guest())
    .createOrder({ showId: show.showId, seats: adult('A1', 'A2'), email: 'guest@example.com' })
  const guest = office.client.as(office.guest(secret))
  await guest.payOrder({ orderId, method: 'sandbox', card: cards.pays })
  expect(await guest.attempt.refundOrder({ orderId })).toMatchObject({ code: 'too-late' })
  const usher = randomUUIDv7()
  await office.hire(show, usher, 'staff')
  const opened = office.client.as({ ...office.person(usher), secret })
  expect(await opened.refundOrder({ orderId })).toMatchObject({ status: 'refunded' })
})

test('a buyer who works at another theater gives nothing back after the cut-off', async () => {
  const [show, other] = [await office.putOn(hall, { refundCutoffMinutes: 20_000 }), await office.putOn(hall)]
  const userId = randomUUIDv7()
  await office.hire(other, userId, 'owner')
  const buyer = office.client.as(office.person(userId))
  const { id: orderId } = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  await buyer.payOrder({ orderId, method: 'sandbox', card: cards.pays })
  expect(await buyer.attempt.refundOrder({ orderId })).toMatchObject({ code: 'too-late' })
})

test('tickets that cost nothing and were too late for a cancelled show owe nobody anything', async () => {
  const price = { amount: 0, currency: 'EUR' }
  const free = { zone: 'main', ticketType: 'adult', name: 'Guest', proof: null, requires: [], price }
  const show = await office.putOn(hall, { bookingFee: price, prices: [{ ...free, channels: ['online'] }] })
  const buyer = office.client.as(office.person())
  const { id: orderId } = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  const attemptId = randomUUIDv7()
  await office.db.query(
    `with begun as (update seat_claims set state = 'paying' where order_id = $1)
     update orders set status = 'paying', attempt_id = $2, paying_since = clock() where id = $1`,
    [orderId, attemptId],
  )
  await office.cancel(show)
  while ((await office.booking().carryOutRefunds()) > 0);
  await office.booking().settle.captured({ orderId, attemptId, amount: 0 })
  expect(await office.booking().carryOutRefunds()).toBe(0)
  expect(await buyer.getOrder({ orderId })).toMatchObject({ status: 'expired', refunds: [] })
  const told = (await office.announced()).filter(({ payload }) => payload.orderId === orderId)
  expect(told.map(({ name }) => name)).toEqual(['order.expired.v1'])
})

test('who gives tickets of a cancelled show back before its turn gets the fee too, however late it is', async () => {
  const { show, giveBack, look } = await bought(['adult', 'free'], { refundCutoffMinutes: 20_000 })
  await office.cancel(show)
  expect(await giveBack('A1')).toMatchObject({ ok: true, value: { status: 'partly-refunded' } })
  expect(await giveBack('A2')).toMatchObject({ ok: true, value: { status: 'refunded' } })
  await office.booking().windDownShows()
  const amounts = (await look()).refunds.map(({ amount }) => amount.amount)
  expect(amounts.toSorted((a, b) => a - b)).toEqual([50, 1300])
})

test('one ticket of two is given back, its seat is sold again, and the other stays', async () => {
  const { show, buyer, order, pay, look } = await holdOne(office)
  await pay(cards.pays)
  const [first, second] = (await look()).tickets
  const given = await buyer.refundOrder({ orderId: order.id, tickets: [second?.id ?? ''] })
  expect(given).toMatchObject({
    status: 'partly-refunded',
    refunds: [{ amount: { amount: 1250 }, status: 'pending' }],
  })
  expect(await buyer.attempt.refundOrder({ orderId: order.id, tickets: [second?.id ?? ''] })).toMatchObject({
    code: 'already-refunded',
  })
  const again = await office.client
    .as(office.person())
    .createOrder({ showId: show.showId, seats: adult('A2') })
  expect(again.status).toBe('held')
  expect((await look()).tickets.find(({ id }) => id === first?.id)?.status).toBe('valid')
})

test('a refund asked for twice with one key is answered twice and paid once', async () => {
  const { buyer, order, pay, owed } = await holdOne(office)
  await pay(cards.pays)
  const idempotencyKey = `refund-${order.id}`
  const first = await buyer.refundOrder({ orderId: order.id }, { idempotencyKey })
  expect(await buyer.refundOrder({ orderId: order.id }, { idempotencyKey })).toEqual(first)
  await office.booking().carryOutRefunds()
  expect(owed()).toHaveLength(2)
})

test('after the cut-off only staff give money back', async () => {
  const show = await office.putOn(hall, { refundCutoffMinutes: 20_000 })
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  await buyer.payOrder({ orderId: order.id, method: 'sandbox', card: cards.pays })
  expect(await buyer.attempt.refundOrder({ orderId: order.id })).toMatchObject({
    status: 409,
    code: 'too-late',
  })
  const usher = randomUUIDv7()
  await office.hire(show, usher, 'staff')
  expect(await office.client.as(office.person(usher)).refundOrder({ orderId: order.id })).toMatchObject({
    status: 'refunded',
  })
})
