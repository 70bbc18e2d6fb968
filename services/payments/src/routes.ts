import { paymentsContract } from '@marquee/contracts/payments'
import { fail, implement, invalid } from '@marquee/kit/contract'
import type { createCancelAttempt } from './cancel-attempt.ts'
import type { createCheckLedger } from './check-ledger.ts'
import type { Providers } from './providers.ts'
import type { createReceiveWebhook } from './receive-webhook.ts'
import type { createRequestRefunds } from './request-refunds.ts'
import type { createStartAttempt } from './start-attempt.ts'

export type RouteDeps = {
  providers: Pick<Providers, 'find'>
  startAttempt: ReturnType<typeof createStartAttempt>['start']
  cancelAttempt: ReturnType<typeof createCancelAttempt>
  requestRefunds: ReturnType<typeof createRequestRefunds>
  receiveWebhook: ReturnType<typeof createReceiveWebhook>
  checkLedger: ReturnType<typeof createCheckLedger>
}

export function createRoutes(deps: RouteDeps) {
  return implement(paymentsContract, {
    handlers: {
      paymentWebhook: async ({ provider }, { rawBody, headers }) => {
        const result = await deps.receiveWebhook({ provider, rawBody: rawBody ?? Buffer.alloc(0), headers })
        return result.ok ? undefined : fail(result.code)
      },
      startAttempt: async ({ attemptId, amount, method, ...rest }) => {
        if (!deps.providers.find(method))
          return fail('method-not-offered', undefined, `Payment by ${method} is not set up`)
        if (amount.amount === 0)
          return invalid([{ path: 'amount.amount', message: 'there is nothing to pay' }])
        const result = await deps.startAttempt({ ...rest, ...amount, id: attemptId, provider: method })
        if (!result.ok)
          return result.code === 'attempt-running'
            ? fail(result.code, { attemptId: result.attemptId })
            : fail(result.code)
        const { status, reason, redirectUrl } = result
        return {
          attemptId,
          status,
          ...(reason ? { reason } : {}),
          ...(redirectUrl ? { next: { redirectUrl } } : {}),
        }
      },
      cancelAttempt: async ({ attemptId }) => {
        const result = await deps.cancelAttempt(attemptId)
        return result.ok ? { status: result.status } : fail(result.code)
      },
      requestRefunds: async (wish) => {
        const result = await deps.requestRefunds(wish)
        if (result.ok) return { items: result.items }
        if (result.code === 'too-much') return invalid([{ path: 'refunds', message: 'more than was paid' }])
        return fail(result.code)
      },
      checkLedger: () => deps.checkLedger(),
    },
  })
}
