import { paymentsContract } from '@marquee/contracts/payments'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { createCancelAttempt } from './cancel-attempt.ts'
import { createCarryOutRefunds } from './carry-out-refunds.ts'
import { createCheckLedger } from './check-ledger.ts'
import { paymentsConfig } from './config.ts'
import { createPaymentsMetrics } from './metrics.ts'
import { openProviders } from './providers.ts'
import { createReceiveWebhook } from './receive-webhook.ts'
import { createReconcileAttempts } from './reconcile-attempts.ts'
import { createRequestRefunds } from './request-refunds.ts'
import { createRoutes } from './routes.ts'
import { createSettleAttempts } from './settle-attempts.ts'
import { createSettleRefunds } from './settle-refunds.ts'
import { createStartAttempt } from './start-attempt.ts'
import { createTakeStrayRefund } from './take-stray-refund.ts'
import { createWalkBook } from './walk-book.ts'

export const payments = defineService({
  name: 'payments',
  contract: paymentsContract,
  config: paymentsConfig,
  migrations: new URL('../migrations/', import.meta.url),
  start: async ({ config, db, events, clock, ids, log, metrics: registry }) => {
    const { firstCheckSeconds, providerTimeoutMs } = config
    const graceSeconds = providerTimeoutMs / 1000 + 2
    const metrics = createPaymentsMetrics(registry)
    const providers = openProviders(config, { now: clock.now, metrics: registry, log })
    const attempts = createSettleAttempts({ db, events, ids, clock, metrics })
    const refunds = createSettleRefunds({ db, events, metrics })
    const asking = { db, log, providerOf: providers.get, settle: attempts.settle }
    const starting = createStartAttempt({ ...asking, firstCheckSeconds })
    const hearing = { settleAttempt: attempts.settle, settleRefund: refunds.settle, metrics }

    return {
      implementation: createRoutes({
        providers,
        startAttempt: starting.start,
        cancelAttempt: createCancelAttempt(asking),
        requestRefunds: createRequestRefunds({ db }),
        receiveWebhook: createReceiveWebhook({
          ...hearing,
          findProvider: providers.find,
          wasCaptured: attempts.wasCaptured,
        }),
        checkLedger: createCheckLedger({ db, providers: providers.all }),
      }),
      jobs: [
        every(
          'carry-out-refunds',
          { milliseconds: 500 },
          createCarryOutRefunds({ db, log, providerOf: providers.get, settle: refunds.settle }),
        ),
        every(
          'reconcile-attempts',
          { milliseconds: 2000 },
          createReconcileAttempts({ ...asking, firstCheckSeconds, graceSeconds }),
        ),
        every(
          'walk-book',
          { milliseconds: 30_000 },
          createWalkBook({
            ...hearing,
            db,
            log,
            providers: providers.all,
            takeStrayRefund: createTakeStrayRefund({ db, events, log }),
          }),
        ),
      ],
      stop: async () => {
        await starting.idle()
        await Promise.all([attempts.idle(), refunds.idle()])
        providers.close()
      },
    }
  },
})
