import { randomUUIDv7 } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Behaviour } from './sandbox-process.ts'
import { cards, openTill, type Till } from './till.ts'

let till: Till
beforeAll(async () => {
  till = await openTill({ providerTimeoutMs: 300 })
})
afterAll(() => till.close())

type Told = 'captured' | 'failed' | 'pending'
type Paying = ReturnType<Till['newAttempt']> & { told: Told[]; bank: string | undefined; asked: number }

const card = fc.constantFrom(cards.pays, cards.pays, cards.declined, cards.asks, cards.late)
const behaviour: fc.Arbitrary<Behaviour> = fc.record({
  answers: fc.constantFrom('normal', 'normal', 'drop', 'never', 'refuse'),
  webhooks: fc.constantFrom('normal', 'twice', 'held', 'held'),
})
const which = fc.nat({ max: 20 })
const weighted = <Of>(weight: number, arbitrary: fc.Arbitrary<Of>) => ({ weight, arbitrary })
const is = <const Name extends string>(name: Name) => fc.constant(name)
const step = fc.oneof(
  weighted(4, fc.record({ do: is('pay'), card, together: fc.integer({ min: 1, max: 3 }) })),
  weighted(2, fc.record({ do: is('behave'), behaviour })),
  weighted(2, fc.record({ do: is('press'), which, answer: fc.constantFrom('approve', 'decline') })),
  weighted(1, fc.record({ do: is('straggle'), which })),
  weighted(1, fc.record({ do: is('cancel'), which })),
  weighted(3, fc.record({ do: is('refund'), which, amount: fc.integer({ min: 1, max: 1200 }) })),
  weighted(2, fc.record({ do: is('wait'), seconds: fc.integer({ min: 1, max: 600 }) })),
  weighted(1, fc.record({ do: is('job'), job: fc.constantFrom('walk-book', 'carry-out-refunds') })),
  weighted(1, fc.record({ do: is('provider-crash') })),
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

async function take(one: Step, evening: Paying[]): Promise<void> {
  const chosen = 'which' in one ? evening[one.which % evening.length] : undefined
  switch (one.do) {
    case 'pay': {
      const wish = till.newAttempt({ card: one.card })
      const answers = await Promise.all(
        Array.from({ length: one.together }, () => till.call.startAttempt(wish)),
      )
      const next = answers.find((answer) => answer.next)?.next
      const bank = next && 'redirectUrl' in next ? next.redirectUrl : undefined
      evening.push({ ...wish, bank, told: answers.map(({ status }) => status), asked: 0 })
      return
    }
    case 'behave':
      await till.sandbox.behave(one.behaviour)
      return
    case 'press':
      if (chosen?.bank) await till.sandbox.press(chosen.bank, one.answer)
      return
    // The call that seemed lost arrives after all.
    case 'straggle': {
      if (!chosen) return
      const { attemptId, amount, returnUrl } = chosen
      const body = { reference: attemptId, ...amount, card: { number: chosen.card }, return_url: returnUrl }
      await till.sandbox.ask('POST', '/v1/payments', body, attemptId).catch(() => {})
      return
    }
    case 'cancel':
      if (chosen) chosen.told.push((await till.call.cancelAttempt(chosen)).status)
      return
    case 'refund': {
      if (!chosen) return
      const amount = { amount: one.amount, currency: 'EUR' }
      const refunds = [{ refundId: randomUUIDv7(), ticketId: randomUUIDv7(), amount }]
      const { attemptId, orderId } = chosen
      const answer = await till.call.attempt.requestRefunds({ attemptId, orderId, refunds })
      if (answer.ok) chosen.asked += one.amount
      await till.runJob('carry-out-refunds')
      return
    }
    case 'wait':
      await till.reconcileAfter({ seconds: one.seconds })
      return
    case 'job':
      await till.runJob(one.job)
      return
    case 'provider-crash':
      await till.sandbox.kill()
      await till.sandbox.startAgain()
      return
    default:
      one satisfies never
  }
}

async function closeTheEvening({ askFirst }: { askFirst: boolean }): Promise<void> {
  if (askFirst) {
    await till.sandbox.behave({ webhooks: 'held' })
    await till.reconcileAfter({ hours: 2 })
    await till.runJob('carry-out-refunds')
  }
  await till.sandbox.behave({})
  await till.sandbox.allHeard()
  // Long enough for every deadline, every pause between checks, and a breaker that rests.
  for (const job of ['walk-book', 'carry-out-refunds']) await till.runJob(job)
  // On a slow machine a call that was given up may still arrive; its news comes by webhook alone, and may ask for a refund.
  await expect
    .poll(
      async () => {
        await till.reconcileAfter({ hours: 2 })
        await till.runJob('carry-out-refunds')
        return till.ledger()
      },
      { timeout: 20_000, interval: 200 },
    )
    .toMatchObject({ balanced: true, missing: [], liveAttempts: 0, pendingRefunds: 0 })
}

it('whatever is lost, repeated or overtaken, money is kept once for what we said was paid, and else goes back', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 18 }),
      fc.boolean(),
      async (steps, askFirst) => {
        const evening: Paying[] = []
        for (const one of steps) await take(one, evening)
        await closeTheEvening({ askFirst })
        for (const which of evening.keys()) await take({ do: 'straggle', which }, evening)
        await closeTheEvening({ askFirst })

        const [book, captures, failures] = [
          await till.sandbox.book(),
          await till.captures(),
          await till.failures(),
        ]
        for (const { attemptId, told, asked } of evening) {
          const events = [
            ...captures.filter((event) => event.attemptId === attemptId).map(() => 'captured'),
            ...failures.filter((event) => event.attemptId === attemptId).map(() => 'failed'),
          ]
          expect(events).toHaveLength(1)
          for (const word of told) if (word !== 'pending') expect(word).toBe(events[0])
          const payment = book.find(({ reference }) => reference === attemptId)?.payment
          const kept = book
            .filter((entry) => entry.payment === payment)
            .reduce((sum, { kind, amount }) => sum + (kind === 'capture' ? amount : -amount), 0)
          expect(kept).toBe(events[0] === 'captured' ? 2450 - asked : 0)
        }
      },
    ),
    { numRuns: Number(process.env.EVENINGS ?? 12) },
  )
}, 600_000)
