import { randomUUIDv7 } from 'node:crypto'
import type { ShowFacts } from '@marquee/contracts/theaters'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBeginPayment } from '../src/begin-payment.ts'
import { createShowDesk } from '../src/show-desk.ts'
import { createShowLibrary } from '../src/show-library.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'
import { losingFirstAnswer } from './losing-first-answer.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const numbers = Array.from({ length: 12 }, (_, at) => at + 1)
const hall = ['A', 'B', 'C', 'D'].map(() => '............')
const pairs = ['A', 'B', 'C', 'D'].flatMap((row) =>
  [1, 3, 5, 7, 9, 11].map((at) => [`${row}${at}`, `${row}${at + 1}`]),
)

async function holdMany(show: ShowFacts) {
  return Promise.all(
    pairs.slice(0, numbers.length).map(async (seatIds) => {
      const buyer = office.client.as(office.person())
      const order = await buyer.createOrder({ showId: show.showId, seats: adult(...seatIds) })
      return { buyer, order, seatIds, look: () => buyer.getOrder({ orderId: order.id }) }
    }),
  )
}

/** Orders that wait for money, and what payments would say of each. */
async function holdPaying(show: ShowFacts) {
  const held = await holdMany(show)
  for (const { buyer, order } of held)
    await buyer.attempt.payOrder({ orderId: order.id, method: 'sandbox', card: cards.asksMore })
  return held.map((one) => {
    const attempt = [...office.payments.attempts.values()].findLast(({ orderId }) => orderId === one.order.id)
    const attemptId = attempt?.attemptId ?? ''
    const { amount } = office.payments.capture(attemptId)
    return { ...one, capture: { orderId: one.order.id, attemptId, amount } }
  })
}

/** Asks while the show cannot be changed, so that what is asked first is under way and the rest goes together. */
const atOnce = (show: ShowFacts, ask: () => void) => office.whileLocked([show], { waiting: 1, ask })

async function givenBack(paying: { order: { id: string } }[]) {
  await office.booking().carryOutRefunds()
  return [...office.payments.refunds.values()].filter(({ orderId }) =>
    paying.some(({ order }) => order.id === orderId),
  )
}

test('everybody who pays for a show at the same moment gets the tickets of their own seats', async () => {
  const show = await office.putOn(hall)
  const held = await holdMany(show)
  let paid: Promise<unknown>[] = []
  await atOnce(show, () => {
    paid = held.map(({ buyer, order }, at) =>
      buyer.attempt.payOrder({
        orderId: order.id,
        method: 'sandbox',
        card: at === 3 ? cards.declined : cards.pays,
      }),
    )
  })
  const answers = await Promise.all(paid)
  for (const [at, { seatIds, look }] of held.entries()) {
    if (at === 3) {
      expect(answers[at]).toMatchObject({ status: 402, code: 'payment-declined' })
      expect((await look()).status).toBe('held')
      continue
    }
    const bought = await look()
    expect(bought.tickets.map(({ seatId }) => seatId)).toEqual(seatIds)
    expect(answers[at]).toMatchObject({
      status: 200,
      value: { status: 'confirmed', tickets: bought.tickets.map(({ id, code }) => ({ id, code })) },
    })
  }
})

test('money that does not fit its order goes back, and those who paid at the same moment have their seats', async () => {
  const show = await office.putOn(hall)
  const paying = await holdPaying(show)
  let settled: Promise<unknown>[] = []
  await atOnce(show, () => {
    settled = paying.map(({ capture }, at) =>
      office.booking().settle.captured(at === 5 ? { ...capture, amount: capture.amount - 1 } : capture),
    )
  })
  await Promise.all(settled)
  const statuses = await Promise.all(paying.map(async ({ look }) => (await look()).status))
  expect(statuses).toEqual(paying.map((_, at) => (at === 5 ? 'expired' : 'confirmed')))
  expect((await givenBack(paying)).map(({ orderId, amount }) => [orderId, amount])).toEqual([
    [paying[5]?.order.id, (paying[5]?.capture.amount ?? 0) - 1],
  ])
})

test('a capture that is told three times at once sells its seats once', async () => {
  const show = await office.putOn(hall)
  const paying = await holdPaying(show)
  let settled: Promise<unknown>[] = []
  await atOnce(show, () => {
    settled = [1, 2, 3].flatMap(() => paying.map(({ capture }) => office.booking().settle.captured(capture)))
  })
  await Promise.all(settled)
  for (const { look, seatIds } of paying)
    expect((await look()).tickets.map(({ seatId }) => seatId)).toEqual(seatIds)
  expect(await givenBack(paying)).toEqual([])
  const seats = await office.client.as(office.guest()).getSeats({ showId: show.showId })
  expect(seats?.taken).toHaveLength(2 * paying.length)
})

test('of two payments of one order at the same moment one begins, and nothing is charged for the other', async () => {
  const show = await office.putOn(hall)
  const held = await holdMany(show)
  let paid: Promise<{ status: number }>[] = []
  await atOnce(show, () => {
    paid = held.flatMap(({ buyer, order }) =>
      [1, 2].map(() =>
        buyer.attempt.payOrder({ orderId: order.id, method: 'sandbox', card: cards.asksMore }),
      ),
    )
  })
  const statuses = (await Promise.all(paid)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 202)).toHaveLength(held.length)
  expect(statuses.filter((status) => status === 409)).toHaveLength(held.length)
  const charged = [...office.payments.attempts.values()].map(({ orderId }) => orderId)
  for (const { order } of held) expect(charged.filter((orderId) => orderId === order.id)).toHaveLength(1)
})

test('payments that began, though nobody heard of the commit, have begun; others are still in progress', async () => {
  const show = await office.putOn(hall)
  const held = await holdMany(show)
  const db = losingFirstAnswer(office.db)
  const desk = createShowDesk({ db, library: createShowLibrary(), announce: () => {} })
  const { begin } = createBeginPayment({ db, desk, batch: { inFlight: 1, most: 100 } })
  const key = { scope: 'pay', key: randomUUIDv7(), bodyHash: 'the same' }
  const wishes = held.map(({ order }, at) => ({
    orderId: order.id,
    attemptId: randomUUIDv7(),
    idempotency: at === 0 ? key : undefined,
  }))
  const begun = await Promise.all(wishes.map(begin))
  expect(begun).toMatchObject(wishes.map(({ attemptId }) => ({ ok: true, order: { attemptId } })))
  const again = await Promise.all(wishes.map((wish) => begin({ ...wish, attemptId: randomUUIDv7() })))
  expect(again).toMatchObject(wishes.map(() => ({ ok: false, code: 'payment-in-progress' })))
  const { rows } = await office.db.query('select order_id as "orderId" from requests where key = $1', [
    key.key,
  ])
  expect(rows).toEqual([{ orderId: wishes[0]?.orderId }])
})
