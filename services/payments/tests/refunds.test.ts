import { randomUUIDv7 } from 'node:crypto'
import { advanceClock } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { cards, openTill, type Till } from './till.ts'

let till: Till
beforeAll(async () => {
  till = await openTill()
})
afterAll(() => till.close())
beforeEach(() => till.sandbox.behave({}))

const one = (amount: number, ticketId: string = randomUUIDv7()) => ({
  refundId: randomUUIDv7(),
  ticketId,
  amount: { amount, currency: 'EUR' },
})
const refundsInBook = async (refundIds: string[]) =>
  (await till.sandbox.book()).filter(
    ({ kind, reference }) => kind === 'refund' && refundIds.includes(reference),
  )

it('a ticket is given back once, however often it is asked for', async () => {
  const { orderId, attemptId } = await till.pay()
  const refund = one(1200)
  const ask = () => till.call.requestRefunds({ orderId, attemptId, refunds: [refund] })
  expect((await ask()).items).toEqual([{ refundId: refund.refundId, status: 'pending' }])
  await Promise.all([ask(), ask()])
  await till.runJob('carry-out-refunds')
  await till.runJob('carry-out-refunds')
  expect((await ask()).items).toEqual([{ refundId: refund.refundId, status: 'done' }])
  expect(await refundsInBook([refund.refundId])).toMatchObject([{ amount: 1200 }])
  await till.sandbox.allHeard()
  const told = (await till.givenBack()).filter(({ refundId }) => refundId === refund.refundId)
  expect(told).toMatchObject([
    { orderId, ticketId: refund.ticketId, amount: { amount: 1200, currency: 'EUR' } },
  ])
})

it('the same ticket under another refund id is not given back again', async () => {
  const { orderId } = await till.pay()
  const first = one(1200)
  const second = { ...first, refundId: randomUUIDv7() }
  await till.call.requestRefunds({ orderId, refunds: [first] })
  await till.runJob('carry-out-refunds')
  const answer = await till.call.requestRefunds({ orderId, refunds: [second] })
  expect(answer.items).toEqual([{ refundId: second.refundId, status: 'done' }])
  expect(await refundsInBook([first.refundId, second.refundId])).toHaveLength(1)
})

it('no more is given back than came in', async () => {
  const { orderId } = await till.pay({ amount: 2000 })
  await till.call.requestRefunds({ orderId, refunds: [one(1500)] })
  const answer = await till.call.attempt.requestRefunds({ orderId, refunds: [one(501)] })
  expect(answer).toMatchObject({ ok: false, status: 422 })
})

it('a refund asked for while the provider is away is carried out when it is back', async () => {
  const { orderId } = await till.pay()
  const refund = one(2450)
  await till.call.requestRefunds({ orderId, refunds: [refund] })
  await till.sandbox.behave({ answers: 'refuse' })
  await till.runJob('carry-out-refunds')
  await till.sandbox.behave({})
  expect(await refundsInBook([refund.refundId])).toHaveLength(0)
  await advanceClock(till.service.db, { minutes: 1 })
  await till.runJob('carry-out-refunds')
  expect(await refundsInBook([refund.refundId])).toHaveLength(1)
})

it('a refund whose answer was lost is ended by its webhook, not paid twice', async () => {
  const { orderId } = await till.pay()
  const refund = one(700)
  await till.call.requestRefunds({ orderId, refunds: [refund] })
  await till.sandbox.behave({ answers: 'drop' })
  await till.runJob('carry-out-refunds')
  await till.sandbox.allHeard()
  await till.sandbox.behave({})
  expect((await till.call.requestRefunds({ orderId, refunds: [refund] })).items[0]?.status).toBe('done')
  expect(await refundsInBook([refund.refundId])).toHaveLength(1)
})

it('a refund whose answer and webhook were both lost is asked for again and paid once', async () => {
  const { orderId } = await till.pay()
  const refund = one(700)
  await till.call.requestRefunds({ orderId, refunds: [refund] })
  await till.sandbox.behave({ answers: 'drop', webhooks: 'held' })
  await till.runJob('carry-out-refunds')
  await till.sandbox.behave({ webhooks: 'held' })
  await advanceClock(till.service.db, { minutes: 1 })
  await till.runJob('carry-out-refunds')
  expect((await till.call.requestRefunds({ orderId, refunds: [refund] })).items[0]?.status).toBe('done')
  expect(await refundsInBook([refund.refundId])).toHaveLength(1)
})

it('a refund of an unknown payment is not found, and of an unfinished one comes too early', async () => {
  const orderId = randomUUIDv7()
  expect(await till.call.attempt.requestRefunds({ orderId, refunds: [one(1)] })).toMatchObject({
    code: 'not-found',
  })
  const open = await till.pay({ card: cards.asks })
  const { attemptId } = open
  expect(
    await till.call.attempt.requestRefunds({ orderId: open.orderId, attemptId, refunds: [one(1)] }),
  ).toMatchObject({ code: 'conflict' })
})

it('after an evening of all this the ledger sums to zero and equals the provider’s book', async () => {
  await till.runJob('carry-out-refunds')
  await till.sandbox.allHeard()
  await till.runJob('carry-out-refunds')
  const ledger = await till.ledger()
  expect(ledger).toMatchObject({ balanced: true, differences: [], missing: [], pendingRefunds: 0 })
  const book = await till.sandbox.book()
  expect([ledger.captures, ledger.refunds]).toEqual([
    book.filter(({ kind }) => kind === 'capture').length,
    book.filter(({ kind }) => kind === 'refund').length,
  ])
  const net = book.reduce((sum, { kind, amount }) => sum + (kind === 'capture' ? amount : -amount), 0)
  expect(await till.account('provider:sandbox')).toBe(net)
})

it('PostgreSQL refuses postings that do not sum to zero, and changes to those that stand', async () => {
  const { db } = till.service
  const lopsided = db.query(
    `insert into postings values (gen_random_uuid(), 'capture', 'provider:sandbox', 'EUR', 5, now())`,
  )
  await expect(lopsided).rejects.toThrow(/do not sum to zero/)
  await expect(db.query('update postings set amount = amount * 2')).rejects.toThrow(/never changed/)
  await expect(db.query('delete from postings')).rejects.toThrow(/never changed/)
})
