import { randomUUIDv7 } from 'node:crypto'
import { createPublisher } from '@marquee/kit/events'
import { silentLogger } from '@marquee/kit/telemetry'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTakeStrayRefund } from '../src/take-stray-refund.ts'
import { cards, openTill, type Till } from './till.ts'

let till: Till
beforeEach(async () => {
  till = await openTill()
})
afterEach(() => till.close())

/** Given back at the provider, and forgotten here. */
async function forgotten(amount: number, reference: string = randomUUIDv7()) {
  const capture = (await till.sandbox.book()).find(({ kind }) => kind === 'capture')
  const body = { payment: capture?.payment, reference, amount, currency: 'EUR' }
  await till.sandbox.ask('POST', '/v1/refunds', body, reference)
}
const movements = async () => (await till.sandbox.book()).map(({ kind, amount }) => [kind, amount])
const ticketOf = (amount: number) => ({
  refundId: randomUUIDv7(),
  ticketId: randomUUIDv7(),
  amount: { amount, currency: 'EUR' },
})
const settled = { balanced: true, pendingRefunds: 0, liveAttempts: 0 }

for (const [before, after] of [
  [400, [['refund', 500]]],
  [900, []],
] as const)
  it(`of a capture that nobody here asked for the rest is given back when ${before} of 900 were already`, async () => {
    const reference = randomUUIDv7()
    const body = { reference, amount: 900, currency: 'EUR', card: { number: cards.pays } }
    await till.sandbox.ask('POST', '/v1/payments', { ...body, return_url: 'http://x.test/' }, reference)
    await forgotten(before)
    await till.runJob('walk-book')
    await till.runJob('carry-out-refunds')
    expect(await movements()).toEqual([['capture', 900], ['refund', before], ...after])
    expect(await till.ledger()).toMatchObject(settled)
    expect(await till.account('refunds:owed')).toBe(0)
  })

it('a ticket whose refund was forgotten by a restore is not given back twice, and the other one still is', async () => {
  const { orderId } = await till.pay({ amount: 2600 })
  await forgotten(1300)
  await till.runJob('walk-book')
  expect(await till.ledger()).toMatchObject(settled)
  const [first, second] = [ticketOf(1300), ticketOf(1300)]
  const ask = async (refund: typeof first) =>
    (await till.call.requestRefunds({ orderId, refunds: [refund] })).items[0]?.status
  expect(await ask(first)).toBe('done')
  expect(await ask(second)).toBe('pending')
  await till.runJob('carry-out-refunds')
  expect([await ask(first), await ask(second)]).toEqual(['done', 'done'])
  expect(await movements()).toEqual([
    ['capture', 2600],
    ['refund', 1300],
    ['refund', 1300],
  ])
  await till.service.db.query('delete from books')
  await till.runJob('walk-book')
  expect(await till.ledger()).toMatchObject(settled)
})

it('a forgotten refund asked for again by its own name counts for its ticket alone', async () => {
  const { orderId } = await till.pay({ amount: 2600 })
  const [first, second] = [ticketOf(1300), ticketOf(1300)]
  await forgotten(1300, first.refundId)
  await till.runJob('walk-book')
  const ask = async (refund: typeof first) =>
    (await till.call.requestRefunds({ orderId, refunds: [refund] })).items[0]?.status
  expect([await ask(first), await ask(second)]).toEqual(['done', 'pending'])
  await till.runJob('carry-out-refunds')
  expect([await ask(first), await ask(second)]).toEqual(['done', 'done'])
  expect(await till.ledger()).toMatchObject({ ...settled, refunds: 2 })
})

it('a refund asked for again before its forgotten one is found ends with it', async () => {
  const { orderId } = await till.pay({ amount: 1300 })
  await forgotten(1300)
  const refund = ticketOf(1300)
  await till.call.requestRefunds({ orderId, refunds: [refund] })
  await till.runJob('carry-out-refunds')
  await till.runJob('walk-book')
  expect(await till.givenBack()).toMatchObject([{ refundId: refund.refundId, orderId }])
  expect(await till.ledger()).toMatchObject(settled)
})

it('a forgotten refund that two processes find at once is taken once', async () => {
  await till.pay({ amount: 2600 })
  await forgotten(1300)
  const take = createTakeStrayRefund({
    db: till.service.db,
    events: createPublisher({ onPublished: () => {} }),
    log: silentLogger,
  })
  const found = (await till.sandbox.book()).filter(({ kind }) => kind === 'refund')
  const entry = found.map(({ payment, ...rest }) => ({
    ...rest,
    kind: 'refund' as const,
    seq: 2,
    currency: 'EUR',
    providerId: payment,
  }))
  await Promise.all([...entry, ...entry].map((one) => take('sandbox', one)))
  await till.runJob('walk-book')
  expect(await till.ledger()).toMatchObject({ ...settled, refunds: 1 })
})

it('a whole capture is given back but for what a forgotten refund gave back', async () => {
  const { orderId, attemptId } = await till.pay({ amount: 2600 })
  await forgotten(1300)
  await till.runJob('walk-book')
  const { ticketId, ...whole } = ticketOf(2600)
  await till.call.requestRefunds({ orderId, attemptId, refunds: [whole] })
  await till.runJob('carry-out-refunds')
  expect(await movements()).toEqual([
    ['capture', 2600],
    ['refund', 1300],
    ['refund', 1300],
  ])
  expect(await till.ledger()).toMatchObject(settled)
})
