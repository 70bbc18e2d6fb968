import { randomUUIDv7 } from 'node:crypto'
import { bootService } from '@marquee/kit/testing'
import { expect, it } from 'vitest'
import { payments } from '../src/index.ts'

it('payments without a method refuses an attempt by name, so that nobody waits for its end', async () => {
  const booted = await bootService(payments)
  const asked = booted.asService().attempt.startAttempt({
    attemptId: randomUUIDv7(),
    orderId: randomUUIDv7(),
    orderNumber: 'MQ-7K2P',
    theaterId: randomUUIDv7(),
    amount: { amount: 2450, currency: 'EUR' },
    method: 'sandbox',
    card: '4242424242424242',
    returnUrl: 'http://localhost:3000/orders/1',
    deadline: Temporal.Now.instant().add({ minutes: 15 }).toString(),
  })
  const answer = await asked.finally(booted.stop)
  expect(answer).toMatchObject({ status: 409, code: 'method-not-offered' })
})
