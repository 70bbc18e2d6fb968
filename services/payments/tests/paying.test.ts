import { admin, anonymous, person } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { cards, openTill, type Till } from './till.ts'

let till: Till
beforeAll(async () => {
  till = await openTill()
})
afterAll(() => till.close())
beforeEach(() => till.sandbox.behave({}))

const about = (events: Record<string, unknown>[], attemptId: string) =>
  events.filter((event) => event.attemptId === attemptId)

it('a good card pays at once, and booking is told once', async () => {
  const { attemptId, orderId, status } = await till.pay()
  expect(status).toBe('captured')
  await till.sandbox.allHeard()
  expect(about(await till.captures(), attemptId)).toMatchObject([
    { orderId, amount: { amount: 2450, currency: 'EUR' } },
  ])
})

it('a declined card brings no money and leaves the order free to try again', async () => {
  const first = await till.pay({ card: cards.declined })
  expect(first).toMatchObject({ status: 'failed', reason: 'card-declined' })
  expect(about(await till.failures(), first.attemptId)).toHaveLength(1)
  expect(await till.pay({ orderId: first.orderId })).toMatchObject({ status: 'captured' })
})

it('a number that is no card is refused by name', async () => {
  const answer = await till.call.attempt.startAttempt(till.newAttempt({ card: '4111111111111111' }))
  expect(answer).toMatchObject({ ok: false, status: 422, code: 'unknown-card' })
})

it('an order is paid by one attempt at a time', async () => {
  const first = await till.pay({ card: cards.asks })
  const second = await till.call.attempt.startAttempt(till.newAttempt({ orderId: first.orderId }))
  expect(second).toMatchObject({
    ok: false,
    code: 'attempt-running',
    problem: { attemptId: first.attemptId },
  })
})

it('3-D Secure sends the buyer to the bank and back, and approval pays', async () => {
  const { attemptId, status, next, returnUrl } = await till.pay({ card: cards.asks })
  expect(status).toBe('pending')
  const bank = next && 'redirectUrl' in next ? next.redirectUrl : ''
  const page = await (await fetch(bank)).text()
  expect(page).toContain('€24.50')
  expect(page).toContain('Approve')
  expect(await till.sandbox.press(bank, 'approve')).toBe(returnUrl)
  await till.sandbox.allHeard()
  expect(about(await till.captures(), attemptId)).toHaveLength(1)
})

it('3-D Secure declined at the bank brings no money', async () => {
  const { attemptId, next } = await till.pay({ card: cards.asks })
  await till.sandbox.press(next && 'redirectUrl' in next ? next.redirectUrl : '', 'decline')
  await till.sandbox.allHeard()
  expect(about(await till.failures(), attemptId)).toMatchObject([{ reason: 'authentication-failed' }])
})

it('a stranger without the key of the bank page can neither see nor approve it', async () => {
  const { next } = await till.pay({ card: cards.asks })
  const bank = (next && 'redirectUrl' in next ? next.redirectUrl : '').replace(/key=.*/, 'key=guess')
  expect((await fetch(bank)).status).toBe(404)
  expect(await till.sandbox.press(bank, 'approve')).toBeNull()
})

it('a card that pays late is paid when the provider says so', async () => {
  const { attemptId, status } = await till.pay({ card: cards.late })
  expect(status).toBe('pending')
  await till.sandbox.allHeard()
  await expect.poll(async () => about(await till.captures(), attemptId).length).toBe(1)
})

it('the same attempt asked for again gives the same answer and takes no second payment', async () => {
  const attempt = till.newAttempt()
  const answers = await Promise.all([1, 2, 3].map(() => till.call.startAttempt(attempt)))
  expect(answers.map(({ status }) => status)).toEqual(['captured', 'captured', 'captured'])
  expect((await till.call.startAttempt(attempt)).status).toBe('captured')
  const entries = (await till.sandbox.book()).filter(({ reference }) => reference === attempt.attemptId)
  expect(entries).toHaveLength(1)
  expect(about(await till.captures(), attempt.attemptId)).toHaveLength(1)
})

it('a webhook that overtakes the response changes nothing about the end', async () => {
  await till.sandbox.behave({ webhooks: 'first' })
  const { attemptId, status } = await till.pay()
  expect(status).toBe('captured')
  expect(about(await till.captures(), attemptId)).toHaveLength(1)
})

it('a webhook delivered twice counts once', async () => {
  await till.sandbox.behave({ webhooks: 'twice' })
  const { attemptId } = await till.pay({ card: cards.late })
  await expect.poll(async () => about(await till.captures(), attemptId).length).toBe(1)
  await till.sandbox.allHeard()
  expect(about(await till.captures(), attemptId)).toHaveLength(1)
  expect(await till.ledger()).toMatchObject({ differences: [], missing: [] })
})

it('an attempt that comes after its deadline is not started', async () => {
  const attempt = till.newAttempt({ deadlineMinutes: -1 })
  expect(await till.call.startAttempt(attempt)).toMatchObject({ status: 'failed', reason: 'too-late' })
  expect((await till.sandbox.book()).some(({ reference }) => reference === attempt.attemptId)).toBe(false)
})

it('nobody but a service may start, cancel or refund a payment', async () => {
  for (const caller of [anonymous, person(), admin()]) {
    const somebody = till.service.as(caller).attempt
    const codes = [
      await somebody.startAttempt(till.newAttempt()),
      await somebody.cancelAttempt({ attemptId: till.newAttempt().attemptId }),
    ].map((answer) => (answer.ok ? 'allowed' : answer.code))
    expect(codes).toEqual(['forbidden', 'forbidden'])
  }
})
