import { crashPoint } from '@marquee/kit/resilience'
import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { atMost } from './at-most.ts'
import { type PaymentProvider, ProviderError } from './provider/provider.ts'
import { type DueRefund, noteRefundError, takeDueRefunds } from './refund-store.ts'
import type { SettleRefunds } from './settle-refunds.ts'

type Deps = {
  db: Database
  providerOf: (name: string) => PaymentProvider
  settle: SettleRefunds['settle']
  log: Logger
}

/** Asks the provider to give back what is owed, again until it did. Returns how many it asked for. */
export function createCarryOutRefunds({ db, providerOf, settle, log }: Deps) {
  return async (): Promise<number> => {
    const due = await takeDueRefunds(db, 200)
    await atMost(8, due, carryOut)
    return due.length
  }

  async function carryOut({ id: refundId, provider, captureId, amount, currency }: DueRefund): Promise<void> {
    crashPoint('payments.refund.asking')
    try {
      const { providerId } = await providerOf(provider).refund({
        refundId,
        providerId: captureId,
        amount,
        currency,
      })
      crashPoint('payments.refund.answered')
      await settle({ refundId, providerId })
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      log.warn({ refundId, err: error }, 'the provider did not carry out a refund; asking again later')
      await noteRefundError(db, refundId, error.message)
    }
  }
}
