import { userErased } from '@marquee/contracts/identity'
import { paymentsContract } from '@marquee/contracts/payments'
import { layoutPublished, showScheduled, theaterPeopleChanged } from '@marquee/contracts/theaters'
import { bootService, neighbour, person } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { booking } from '../src/index.ts'
import { adult } from './box-office.ts'
import { factsOf, layoutOf } from './fixtures.ts'
import { hall } from './hold-one.ts'

const payments = neighbour(paymentsContract, {
  startAttempt: ({ attemptId }: { attemptId: string }) => ({ attemptId, status: 'captured' as const }),
})
const boot = () => bootService(booking, { neighbours: [payments] })
let service: Awaited<ReturnType<typeof boot>>
beforeAll(async () => {
  service = await boot()
})
afterAll(() => service.stop())

const card = { method: 'sandbox', card: '4242424242424242' } as const
const email = 'customer@example.org'

/** A till with a clerk behind it who holds two seats for a customer, and a colleague. */
async function selling() {
  const layout = layoutOf(hall)
  const show = factsOf(layout)
  await service.deliver(layoutPublished, layout)
  await service.deliver(showScheduled, show, { key: show.showId, version: 1 })
  const [clerk, colleague] = [person(), person()]
  const employ = (who: typeof clerk, role: 'staff' | null, version: number) => {
    const { theaterId } = show
    const word = { theaterId, theaterName: 'Lantern', userId: who.userId, role }
    return service.deliver(theaterPeopleChanged, word, { version })
  }
  await employ(clerk, 'staff', 1)
  await employ(colleague, 'staff', 1)
  const till = service.as(clerk)
  const { id: orderId, secret } = await till.createOrder(
    { showId: show.showId, channel: 'counter', seats: adult('A1', 'A2'), email },
    { idempotencyKey: `counter-${show.showId}` },
  )
  const listed = async () => (await till.listOrders({})).items.map(({ id }) => id)
  const dismiss = () => employ(clerk, null, 2)
  return { clerk, colleague: service.as(colleague), till, orderId, secret, listed, dismiss }
}

test('who sells at the counter finishes the sale and finds it among no orders of their own', async () => {
  const { till, orderId, secret, listed } = await selling()
  expect(secret).toBeUndefined()
  await till.extendHold({ orderId })
  await till.swapSeats({ orderId, seats: adult('B1', 'B2') })
  const again = { idempotencyKey: `paid-once-${orderId}` }
  const paid = await till.payOrder({ orderId, ...card }, again)
  expect(paid).toMatchObject({ status: 'confirmed' })
  expect(await till.payOrder({ orderId, ...card }, again)).toEqual(paid)
  expect(await till.getOrder({ orderId })).toMatchObject({ status: 'confirmed', email })
  expect(await listed()).toEqual([])
})

test('a colleague sees a sale that is under way, and only who began it ends it', async () => {
  const { colleague, till, orderId } = await selling()
  expect(await colleague.getOrder({ orderId })).toMatchObject({ status: 'held' })
  expect(await colleague.attempt.payOrder({ orderId, ...card })).toMatchObject({ status: 403 })
  expect(await colleague.attempt.releaseOrder({ orderId })).toMatchObject({ status: 403 })
  await till.releaseOrder({ orderId })
  expect(await colleague.getOrder({ orderId })).toMatchObject({ status: 'released' })
})

test('who was dismissed has no part in what they sold or were selling', async () => {
  const [sold, open] = [await selling(), await selling()]
  await sold.till.payOrder({ orderId: sold.orderId, ...card })
  const { tickets } = await sold.till.getOrder({ orderId: sold.orderId })
  await sold.dismiss()
  await open.dismiss()
  const { attempt } = sold.till
  const refusals = [
    await attempt.getOrder({ orderId: sold.orderId }),
    await attempt.getTicket({ ticketId: tickets[0]?.id ?? '' }),
    await attempt.refundOrder({ orderId: sold.orderId }),
    await open.till.attempt.payOrder({ orderId: open.orderId, ...card }),
    await open.till.attempt.extendHold({ orderId: open.orderId }),
    await open.till.attempt.swapSeats({ orderId: open.orderId, seats: adult('B1', 'B2') }),
    await open.till.attempt.releaseOrder({ orderId: open.orderId }),
  ]
  for (const refusal of refusals) expect(refusal).toMatchObject({ status: 403 })
  expect(await sold.colleague.getOrder({ orderId: sold.orderId })).toMatchObject({ status: 'confirmed' })
})

test('a customer keeps their order and its address when who sold it is erased', async () => {
  const { clerk, till, orderId } = await selling()
  await till.payOrder({ orderId, ...card }, { idempotencyKey: `kept-after-${orderId}` })
  await service.deliver(userErased, { userId: clerk.userId })
  expect(await service.asService().orderForMail({ orderId })).toMatchObject({ userId: null, email })
  const { rows } = await service.db.query(
    `select from orders o where o::text like '%' || $1 || '%' union all
     select from requests r where r::text like '%' || $1 || '%'`,
    [clerk.userId],
  )
  expect(rows).toEqual([])
})

test('what the version before sold at a counter is handed over once it is not under way', async () => {
  const [sold, open] = [await selling(), await selling()]
  await sold.till.payOrder({ orderId: sold.orderId, ...card })
  await service.db.query(`update orders set user_id = sold_by, sold_by = null where id = any($1::uuid[])`, [
    [sold.orderId, open.orderId],
  ])
  expect(await sold.listed()).toEqual([sold.orderId])
  await service.runJob('hand-over-counter-sales')
  expect(await sold.listed()).toEqual([])
  await open.till.payOrder({ orderId: open.orderId, ...card })
  expect(await open.listed()).toEqual([open.orderId])
  await service.runJob('hand-over-counter-sales')
  expect(await open.listed()).toEqual([])
  await open.dismiss()
  expect(await open.till.attempt.getOrder({ orderId: open.orderId })).toMatchObject({ status: 403 })
})
