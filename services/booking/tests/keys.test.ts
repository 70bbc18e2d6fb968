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

/** Somebody who holds pairs of seats, each in a show of its own, and asks this process or the second. */
async function buyer(orders = 1) {
  const person = office.person()
  const here = office.client.as(person)
  const there = office.clientOf(() => second).as(person)
  const held = await Promise.all(
    Array.from({ length: orders }, async () => {
      const show = await office.putOn(['............', '............'])
      const { id } = await here.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
      return { show, orderId: id }
    }),
  )
  const [first, other] = [held[0], held.at(-1)]
  if (!first || !other) throw new Error('nothing was held')
  return { here, there, first, other, shows: held.map(({ show }) => show) }
}

async function owner(orders = 1) {
  const whole = await buyer(orders)
  const buy = async ({ orderId }: { orderId: string }) =>
    (await whole.here.attempt.payOrder({ orderId, method: 'sandbox', card: cards.pays })).ok
  expect(await buy(whole.first)).toBe(true)
  if (orders > 1) expect(await buy(whole.other)).toBe(true)
  const { tickets } = await whole.here.getOrder({ orderId: whole.first.orderId })
  return { ...whole, tickets: tickets.map(({ id }) => id) }
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

test('the same payment asked of two processes is under way, then done', async () => {
  const { here, there, first } = await buyer()
  const wish = { orderId: first.orderId, method: 'sandbox' as const, card: cards.asksMore }
  const meanwhile: unknown[] = []
  office.payments.beforeAnswer = async () => {
    for (const process of [here, there])
      meanwhile.push(await process.attempt.payOrder(wish, key('meanwhile')))
  }
  const answer = await here.payOrder(wish, key('meanwhile'))
  office.payments.beforeAnswer = undefined
  const underWay = { status: 409, code: 'request-in-progress' }
  expect(meanwhile).toMatchObject([underWay, underWay])
  expect(await there.payOrder(wish, key('meanwhile'))).toEqual(answer)
})

test('a payment that gets no answer is said to be under way for no longer than a request may last', async () => {
  const { here, there, first } = await buyer()
  const wish = { orderId: first.orderId, method: 'sandbox' as const, card: cards.asksMore }
  const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  office.payments.beforeAnswer = () => {
    asked.resolve()
    return answered.promise
  }
  const paying = here.payOrder(wish, key('slow'))
  await asked.promise
  expect(await there.attempt.payOrder(wish, key('slow'))).toMatchObject({ code: 'request-in-progress' })
  await office.advance({ seconds: 21 })
  const poll = { poll: `/api/orders/${first.orderId}` }
  expect(await there.payOrder(wish, key('slow'))).toEqual({ status: 'paying', next: poll })
  office.payments.beforeAnswer = undefined
  answered.resolve()
  const answer = await paying
  expect(answer).toMatchObject({ next: { redirectUrl: expect.any(String) } })
  expect(await there.payOrder(wish, key('slow'))).toEqual(answer)
})

test('the same payment that reaches two processes at once is made once', async () => {
  const { here, there, first, shows } = await buyer()
  const wish = { orderId: first.orderId, method: 'sandbox' as const, card: cards.pays }
  const asked: ReturnType<typeof here.attempt.payOrder>[] = []
  await office.whileLocked(shows, {
    waiting: 2,
    ask: () => {
      for (const process of [here, there]) asked.push(process.attempt.payOrder(wish, key('at-once')))
    },
  })
  const answers = await Promise.all(asked)
  expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0)
  for (const answer of answers) if (!answer.ok) expect(answer.code).toBe('request-in-progress')
  expect(await there.payOrder(wish, key('at-once'))).toMatchObject({ status: 'confirmed' })
  expect(
    [...office.payments.attempts.values()].filter(({ orderId }) => orderId === first.orderId),
  ).toHaveLength(1)
})

test('one key for the payments of two orders pays one of them', async () => {
  const { here, there, first, other, shows } = await buyer(2)
  const card = { method: 'sandbox' as const, card: cards.pays }
  const asked: ReturnType<typeof here.attempt.payOrder>[] = []
  await office.whileLocked(shows, {
    waiting: 2,
    ask: () => {
      asked.push(here.attempt.payOrder({ orderId: first.orderId, ...card }, key('two-orders')))
      asked.push(there.attempt.payOrder({ orderId: other.orderId, ...card }, key('two-orders')))
    },
  })
  const answers = (await Promise.all(asked)).toSorted((a, b) => a.status - b.status)
  expect(answers).toMatchObject([{ status: 200 }, { status: 422, code: 'idempotency-key-reused' }])
  const orders = await Promise.all([first, other].map(({ orderId }) => here.getOrder({ orderId })))
  expect(orders.map(({ status }) => status).toSorted()).toEqual(['confirmed', 'held'])
})

test('one key for two tickets that are given back at once gives one of them back', async () => {
  const { here, there, first, shows, tickets } = await owner()
  const asked: ReturnType<typeof here.attempt.refundOrder>[] = []
  await office.whileLocked(shows, {
    waiting: 2,
    ask: () => {
      for (const [at, process] of [here, there].entries())
        asked.push(
          process.attempt.refundOrder(
            { orderId: first.orderId, tickets: tickets.slice(at, at + 1) },
            key('two-tickets'),
          ),
        )
    },
  })
  const answers = (await Promise.all(asked)).toSorted((a, b) => a.status - b.status)
  expect(answers).toMatchObject([
    { status: 200, value: { refunds: [{ amount: { amount: 1250 } }] } },
    { status: 422, code: 'idempotency-key-reused' },
  ])
  const { status } = await here.getOrder({ orderId: first.orderId })
  expect(status).toBe('partly-refunded')
})

test('one key for two orders that are given back at once gives one of them back', async () => {
  const { here, there, first, other, shows } = await owner(2)
  const asked: ReturnType<typeof here.attempt.refundOrder>[] = []
  await office.whileLocked(shows, {
    waiting: 2,
    ask: () => {
      asked.push(here.attempt.refundOrder({ orderId: first.orderId }, key('two-refunds')))
      asked.push(there.attempt.refundOrder({ orderId: other.orderId }, key('two-refunds')))
    },
  })
  const answers = (await Promise.all(asked)).toSorted((a, b) => a.status - b.status)
  expect(answers).toMatchObject([{ status: 200 }, { status: 422, code: 'idempotency-key-reused' }])
})

test('the same refund asked of two processes at once is made once and answered to both', async () => {
  const { here, there, first, shows } = await owner()
  const asked: ReturnType<typeof here.attempt.refundOrder>[] = []
  await office.whileLocked(shows, {
    waiting: 2,
    ask: () => {
      for (const process of [here, there])
        asked.push(process.attempt.refundOrder({ orderId: first.orderId }, key('refund-twice')))
    },
  })
  const [one, two] = await Promise.all(asked)
  expect(one).toMatchObject({ status: 200, value: { status: 'refunded' } })
  expect(two).toEqual(one)
})

test('a refund that is under way says so, refuses another of its key, and is repeated when done', async () => {
  const { here, first, shows, tickets } = await owner()
  const refund = (wish: string[]) =>
    here.attempt.refundOrder({ orderId: first.orderId, tickets: wish }, key('under-way'))
  const asked: ReturnType<typeof refund>[] = []
  await office.whileLocked(shows, {
    waiting: 1,
    ask: () => void asked.push(refund(tickets.slice(0, 1))),
    meanwhile: async () => {
      expect(await refund(tickets.slice(0, 1))).toMatchObject({ status: 409, code: 'request-in-progress' })
      expect(await refund(tickets.slice(1))).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
    },
  })
  const [done] = await Promise.all(asked)
  expect(done).toMatchObject({ status: 200 })
  expect(await refund(tickets.slice(0, 1))).toEqual(done)
})

test('a hold that is under way says so, refuses another of its key, and is repeated when done', async () => {
  const show = await office.putOn(['............'])
  const buyer = office.client.as(office.person())
  const hold = (...seats: string[]) =>
    buyer.attempt.createOrder({ showId: show.showId, seats: adult(...seats) }, key('hold-under-way'))
  const asked: ReturnType<typeof hold>[] = []
  await office.whileLocked([show], {
    waiting: 1,
    ask: () => void asked.push(hold('A1')),
    meanwhile: async () => {
      expect(await hold('A1')).toMatchObject({ status: 409, code: 'request-in-progress' })
      expect(await hold('A2')).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
    },
  })
  const [done] = await Promise.all(asked)
  expect(done).toMatchObject({ status: 201 })
  expect(await hold('A1')).toMatchObject({ status: 201, value: { id: done?.ok && done.value.id } })
})
