import { randomUUIDv7 } from 'node:crypto'
import { paymentCaptured, paymentFailed, paymentsContract } from '@marquee/contracts/payments'
import { layoutPublished, showScheduled, theaterPeopleChanged } from '@marquee/contracts/theaters'
import { advanceClock, bootService, neighbour, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { booking } from '../src/index.ts'
import { adult } from './box-office.ts'
import { factsOf, layoutOf } from './fixtures.ts'
import { hall } from './hold-one.ts'

const payments = neighbour(paymentsContract, {
  startAttempt: ({ attemptId }: { attemptId: string }) => ({ attemptId, status: 'pending' as const }),
})
const boot = () => bootService(booking, { neighbours: [payments] })
let service: Awaited<ReturnType<typeof boot>>
beforeEach(async () => {
  service = await boot()
})
afterEach(() => service.stop())

/** A show, and somebody who holds seats of it. */
async function opened() {
  const layout = layoutOf(hall)
  const show = factsOf(layout)
  await service.deliver(layoutPublished, layout)
  await service.deliver(showScheduled, show, { key: show.showId, version: 1 })
  const buyer = service.as(person())
  const hold = (...seatIds: string[]) => buyer.createOrder({ showId: show.showId, seats: adult(...seatIds) })
  const ids = async () => (await buyer.listOrders({})).items.map(({ id }) => id)
  return { show, buyer, hold, ids }
}

async function forgetAfter(days: number): Promise<void> {
  await advanceClock(service.db, { hours: days * 24 })
  await service.runJob('forget-old')
}

test('an order that nobody paid is forgotten after a month, whether it ran out or was let go', async () => {
  const { buyer, hold, ids } = await opened()
  const letGo = await hold('A1', 'A2')
  const ranOut = await hold('B1', 'B2')
  await buyer.releaseOrder({ orderId: letGo.id })
  await advanceClock(service.db, { minutes: 9 })
  await service.runJob('sweep-holds')
  await forgetAfter(29)
  expect(await ids()).toEqual([ranOut.id, letGo.id])
  await forgetAfter(2)
  expect(await ids()).toEqual([])
  expect(await buyer.attempt.getOrder({ orderId: letGo.id })).toMatchObject({ status: 404 })
})

test('an order with a payment is kept, so that money that comes in after a month still goes back', async () => {
  const { buyer, hold, ids } = await opened()
  const { id: orderId, total } = await hold('A1', 'A2')
  await buyer.payOrder({ orderId, method: 'sandbox', card: '4242424242424242' })
  const { rows } = await service.db.query<{ attemptId: string }>(
    `select attempt_id as "attemptId" from orders where id = $1`,
    [orderId],
  )
  const attempt = { attemptId: rows[0]?.attemptId ?? '', orderId }
  await advanceClock(service.db, { minutes: 9 })
  await service.deliver(paymentFailed, { ...attempt, reason: 'declined' })
  await forgetAfter(40)
  expect(await ids()).toEqual([orderId])
  const capturedAt = Temporal.Now.instant().toString()
  await service.deliver(paymentCaptured, { ...attempt, amount: total, capturedAt })
  const owed = () => service.db.query('select amount from refunds where order_id = $1', [orderId])
  expect((await owed()).rows).toEqual([{ amount: total.amount }])
  // What is owed keeps its order by itself as well.
  await service.db.query('update orders set attempt_id = null where id = $1', [orderId])
  await forgetAfter(1)
  expect(await ids()).toEqual([orderId])
})

test('thousands of old orders go in one run', async () => {
  const { buyer, hold } = await opened()
  const { id } = await hold('A1', 'A2')
  await buyer.releaseOrder({ orderId: id })
  await service.db.query(
    `insert into orders (id, show_id, status, channel, seats, seat_count, total, currency, tax_rate_permille,
       booking_fee, hold_expires_at, created_at)
     select gen_random_uuid(), show_id, status, channel, seats, seat_count, total, currency, tax_rate_permille,
       booking_fee, hold_expires_at, created_at from orders, generate_series(1, 2100)`,
  )
  await forgetAfter(31)
  const { rows } = await service.db.query('select count(*)::int as left from orders')
  expect(rows).toEqual([{ left: 0 }])
})

test('what a door scanned is remembered for three months', async () => {
  const { show } = await opened()
  const usher = person()
  const hired = { theaterId: show.theaterId, theaterName: 'Lantern', userId: usher.userId }
  await service.deliver(theaterPeopleChanged, { ...hired, role: 'staff' }, { version: 1 })
  const scan = () => service.as(usher).checkIn({ code: 'torn', showId: show.showId, scanId: randomUUIDv7() })
  const kept = async () => (await service.db.query('select from scans')).rowCount
  await scan()
  await forgetAfter(89)
  await scan()
  expect(await kept()).toBe(2)
  await forgetAfter(2)
  expect(await kept()).toBe(1)
})
