import { createHmac, randomUUIDv7 } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { secret } from './sandbox-process.ts'
import { cards, openTill, type Till } from './till.ts'

let till: Till
beforeEach(async () => {
  till = await openTill()
})
afterEach(() => till.close())

it('an answer lost on the way is found by the webhook', async () => {
  await till.sandbox.behave({ answers: 'drop' })
  expect((await till.pay()).status).toBe('pending')
  await till.sandbox.allHeard()
  expect(await till.captures()).toHaveLength(1)
  expect(await till.ledger()).toMatchObject({ balanced: true, captures: 1, liveAttempts: 0 })
})

it('an answer and its webhook both lost are found by the reconciler', async () => {
  await till.sandbox.behave({ answers: 'never', webhooks: 'held' })
  expect((await till.pay()).status).toBe('pending')
  await till.sandbox.behave({ webhooks: 'held' })
  expect(await till.captures()).toHaveLength(0)
  await till.reconcileAfter({ seconds: 30 })
  expect(await till.captures()).toHaveLength(1)
  expect(await till.ledger()).toMatchObject({ balanced: true })
})

it('money that we have not heard of yet is on its way, not missing', async () => {
  await till.sandbox.behave({ answers: 'drop', webhooks: 'held' })
  expect((await till.pay()).status).toBe('pending')
  expect(await till.ledger()).toMatchObject({ balanced: true, missing: [], captures: 0, liveAttempts: 1 })

  await till.sandbox.behave({ webhooks: 'held' })
  await till.reconcileAfter({ seconds: 30 })
  expect(await till.ledger()).toMatchObject({ balanced: true, captures: 1, liveAttempts: 0 })
})

it('a refund that we have not heard of yet is on its way, not missing', async () => {
  const { orderId } = await till.pay()
  const refund = { refundId: randomUUIDv7(), ticketId: randomUUIDv7() }
  await till.call.requestRefunds({
    orderId,
    refunds: [{ ...refund, amount: { amount: 700, currency: 'EUR' } }],
  })
  await till.sandbox.behave({ answers: 'drop', webhooks: 'held' })
  await till.runJob('carry-out-refunds')
  expect(await till.sandbox.book()).toHaveLength(2)
  expect(await till.ledger()).toMatchObject({ balanced: true, missing: [], refunds: 0, pendingRefunds: 1 })
})

it('a crash between the commit and the answer is healed by asking again with the same id', async () => {
  await till.sandbox.behave({ answers: 'drop', webhooks: 'held' })
  const attempt = till.newAttempt()
  expect((await till.call.startAttempt(attempt)).status).toBe('pending')
  await till.sandbox.behave({ webhooks: 'held' })
  expect((await till.call.startAttempt(attempt)).status).toBe('captured')
  expect(await till.sandbox.book()).toHaveLength(1)
})

it('a provider that is down fails the attempt at once, and the next one pays', async () => {
  await till.sandbox.kill()
  const { status, reason, orderId } = await till.pay()
  expect({ status, reason }).toEqual({ status: 'failed', reason: 'provider-unavailable' })
  await till.sandbox.startAgain()
  expect((await till.pay({ orderId })).status).toBe('captured')
})

it('a provider that breaks off leaves the attempt open until it can be asked', async () => {
  await till.sandbox.behave({ answers: 'refuse' })
  const { status, orderId, attemptId } = await till.pay()
  expect(status).toBe('pending')
  await till.reconcileAfter({ seconds: 30 })
  expect(await till.failures()).toHaveLength(0)
  await till.sandbox.behave({})
  await till.reconcileAfter({ minutes: 5 })
  expect(await till.failures()).toMatchObject([{ attemptId, reason: 'never-reached' }])
  expect((await till.pay({ orderId })).status).toBe('captured')
})

it('a provider killed after it took the money tells us when it is back', async () => {
  await till.sandbox.behave({ answers: 'drop', webhooks: 'held' })
  const { attemptId } = await till.pay()
  await till.sandbox.kill()
  await till.sandbox.startAgain()
  await till.sandbox.allHeard()
  expect(await till.captures()).toMatchObject([{ attemptId }])
})

it('a secret that was replaced while it runs signs calls and is asked of webhooks; the one before is worth nothing', async () => {
  const replaced = 'sandbox-secret-of-tomorrow'
  await till.sandbox.kill()
  await till.sandbox.startAgain(replaced)
  await till.sandbox.tellAt(till.webhookUrl)
  expect((await till.pay()).status).not.toBe('captured')
  till.service.set({ sandboxSecret: replaced })
  expect((await till.pay()).status).toBe('captured')
  await till.sandbox.behave({ answers: 'drop' })
  expect((await till.pay()).status).toBe('pending')
  await till.sandbox.allHeard()
  expect(await till.captures()).toHaveLength(2)
})

it('a payment whose time is up is cancelled at the provider and ends as failed', async () => {
  const { attemptId, next } = await till.pay({ card: cards.asks })
  expect(await till.call.cancelAttempt({ attemptId })).toEqual({ status: 'failed' })
  await till.sandbox.press(next && 'redirectUrl' in next ? next.redirectUrl : '', 'approve')
  expect(await till.sandbox.book()).toEqual([])
  expect(await till.failures()).toMatchObject([{ attemptId, reason: 'cancelled-by-merchant' }])
})

it('the reconciler cancels by itself what nobody cancelled at the deadline', async () => {
  const { attemptId } = await till.pay({ card: cards.asks })
  await till.reconcileAfter({ minutes: 16 })
  expect(await till.failures()).toMatchObject([{ attemptId }])
})

it('a cancellation that comes too late says that the money is in', async () => {
  await till.sandbox.behave({ answers: 'drop', webhooks: 'held' })
  const { attemptId } = await till.pay()
  await till.sandbox.behave({ webhooks: 'held' })
  expect(await till.call.cancelAttempt({ attemptId })).toEqual({ status: 'captured' })
})

it('an attempt that payments never saw cannot be cancelled', async () => {
  const answer = await till.call.attempt.cancelAttempt({ attemptId: randomUUIDv7() })
  expect(answer).toMatchObject({ ok: false, code: 'not-found' })
})

it('a capture after the attempt has failed gives itself back', async () => {
  await till.sandbox.behave({ answers: 'refuse' })
  const attempt = till.newAttempt()
  await till.call.startAttempt(attempt)
  await till.sandbox.behave({})
  await till.reconcileAfter({ minutes: 1 })
  expect(await till.failures()).toHaveLength(1)
  // The call that seemed lost arrives after all.
  const { attemptId, amount, returnUrl } = attempt
  const body = { reference: attemptId, ...amount, card: { number: cards.pays }, return_url: returnUrl }
  await till.sandbox.ask('POST', '/v1/payments', body, attemptId)
  await till.sandbox.allHeard()
  expect(await till.account('customers:unapplied')).toBe(0)
  expect(await till.account('refunds:owed')).toBe(-2450)
  await till.runJob('carry-out-refunds')
  expect(await till.captures()).toHaveLength(0)
  expect(await till.account('provider:sandbox')).toBe(0)
  expect(await till.ledger()).toMatchObject({ balanced: true, captures: 1, refunds: 1, pendingRefunds: 0 })
})

it('a capture in the book that nobody here asked for is found and given back', async () => {
  const reference = randomUUIDv7()
  const body = {
    reference,
    amount: 900,
    currency: 'EUR',
    card: { number: cards.pays },
    return_url: 'http://x.test/',
  }
  await till.sandbox.ask('POST', '/v1/payments', body, reference)
  expect(await till.ledger()).toMatchObject({
    balanced: false,
    differences: [{ currency: 'EUR', ours: 0, theirs: 900 }],
    missing: [{ reference, side: 'ours' }],
  })
  await till.runJob('walk-book')
  await till.runJob('carry-out-refunds')
  expect((await till.sandbox.book()).map(({ kind, amount }) => [kind, amount])).toEqual([
    ['capture', 900],
    ['refund', 900],
  ])
  expect(await till.ledger()).toMatchObject({ balanced: true })
})

it('a tampered, unsigned or old webhook is refused and changes nothing', async () => {
  const { attemptId } = await till.pay({ card: cards.asks })
  const object = { id: 'pay_x', reference: attemptId, amount: 2450, currency: 'EUR', status: 'captured' }
  const body = JSON.stringify({ id: 'evt_1', type: 'payment.captured', data: { object } })
  const seconds = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)
  const sign = (text: string, time: number, key = secret) =>
    `t=${time},v1=${createHmac('sha256', key).update(`${time}.${text}`).digest('hex')}`
  const post = async (text: string, signature?: string) => {
    const response = await fetch(till.webhookUrl, {
      method: 'POST',
      body: text,
      headers: {
        'content-type': 'application/json',
        ...(signature ? { 'sandbox-signature': signature } : {}),
      },
    })
    return response.status
  }
  expect(await post(body)).toBe(400)
  expect(await post(body, 'nonsense')).toBe(400)
  expect(await post(body, sign(body, seconds, 'another-secret-altogether'))).toBe(400)
  expect(await post(body.replace('2450', '1'), sign(body, seconds))).toBe(400)
  expect(await post(body, sign(body, seconds - 600))).toBe(400)
  expect(await till.captures()).toEqual([])
  expect(await post(body, sign(body, seconds))).toBe(204)
  expect(await till.captures()).toHaveLength(1)
})
