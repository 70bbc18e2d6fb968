import { randomUUIDv7 } from 'node:crypto'
import { paymentsContract } from '@marquee/contracts/payments'
import {
  type Client,
  connect,
  fail,
  type Implementation,
  implement,
  invalid,
  localLink,
} from '@marquee/kit/contract'

export const cards = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  asksMore: '4000000000003220',
  silent: '4000000000000259',
} as const
/** Payments takes nothing of what is asked with it. */
export const refusedCard = '4000000000000101'
/** Payments is without a method to charge it. */
export const cardOfNoMethod = '4000000000000119'

type Attempt = {
  attemptId: string
  orderId: string
  amount: number
  status: 'pending' | 'captured' | 'failed'
  /** The provider does not answer about it, not even when asked to cancel. */
  mute: boolean
}
type Refund = {
  refundId: string
  orderId: string
  attemptId: string | undefined
  ticketId: string | undefined
  amount: number
}

export type FakePayments = {
  client: Client<(typeof paymentsContract)['endpoints']>
  attempts: Map<string, Attempt>
  refunds: Map<string, Refund>
  /** The provider's money comes in. */
  capture: (attemptId: string) => Attempt
  /** Runs inside startAttempt, before it answers: a webhook that overtakes the response. */
  beforeAnswer: ((attempt: Attempt) => Promise<void>) | undefined
  /** Orders whose webhook overtakes the response. */
  overtaking: Set<string>
  webhook: ((attempt: Attempt) => Promise<void>) | undefined
}

/** A payments service whose provider is a map; its book says what was captured and given back. */
export function createFakePayments(): FakePayments {
  const attempts = new Map<string, Attempt>()
  const refunds = new Map<string, Refund>()
  const implementation = implement(paymentsContract, {
    handlers: {
      paymentWebhook: () => fail('not-found'),
      checkLedger: () => fail('not-found'),
      async startAttempt({ attemptId, orderId, amount, card }) {
        if (card === refusedCard) return invalid([{ path: 'amount.amount', message: 'is refused' }])
        if (card === cardOfNoMethod) return fail('method-not-offered')
        const known = Object.values<string>(cards).includes(card ?? '')
        if (!known) return fail('unknown-card')
        const status: Attempt['status'] =
          card === cards.pays ? 'captured' : card === cards.declined ? 'failed' : 'pending'
        const attempt: Attempt = {
          attemptId,
          orderId,
          amount: amount.amount,
          status,
          mute: card === cards.silent,
        }
        attempts.set(attemptId, attempt)
        await fake.beforeAnswer?.(attempt)
        if (fake.overtaking.delete(orderId) && status !== 'pending') await fake.webhook?.(attempt)
        if (card === cards.silent) return fail('unavailable')
        return {
          attemptId,
          status,
          ...(status === 'failed' ? { reason: 'declined' } : {}),
          ...(card === cards.asksMore ? { next: { redirectUrl: 'http://provider.example/3ds' } } : {}),
        }
      },
      cancelAttempt({ attemptId }) {
        const attempt = attempts.get(attemptId)
        if (!attempt) return fail('not-found')
        if (attempt.status === 'pending' && !attempt.mute) attempt.status = 'failed'
        return { status: attempt.status }
      },
      requestRefunds({ orderId, attemptId, refunds: wanted }) {
        for (const { refundId, ticketId, amount } of wanted)
          refunds.set(refundId, { refundId, orderId, attemptId, ticketId, amount: amount.amount })
        return { items: wanted.map(({ refundId }) => ({ refundId, status: 'done' as const })) }
      },
    },
  })
  const fake: FakePayments = {
    attempts,
    refunds,
    beforeAnswer: undefined,
    overtaking: new Set(),
    webhook: undefined,
    client: connect(
      paymentsContract,
      localLink(() => implementation as unknown as Implementation),
      { service: 'booking', correlationId: randomUUIDv7 },
    ),
    capture(attemptId) {
      const attempt = attempts.get(attemptId)
      if (!attempt) throw new Error(`the provider knows no attempt ${attemptId}`)
      attempt.status = 'captured'
      return attempt
    },
  }
  return fake
}
