import { randomUUIDv7 } from 'node:crypto'
import { paymentCaptured, paymentFailed, paymentRefunded } from '@marquee/contracts/payments'
import { advanceClock, bootService } from '@marquee/kit/testing'
import { payments } from '../src/index.ts'
import { runSandbox, secret } from './sandbox-process.ts'

export const cards = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  asks: '4000000000003220',
  late: '4000000000000259',
}
export type Till = Awaited<ReturnType<typeof openTill>>

/** Payments on a real database beside the real sandbox provider, each able to reach the other. */
export async function openTill(config: Record<string, unknown> = {}) {
  const sandbox = await runSandbox()
  const service = await bootService(payments, {
    config: { sandboxUrl: sandbox.url(), sandboxSecret: secret, providerTimeoutMs: 1000, ...config },
  })
  const address = await service.app.listen({ port: 0, host: '127.0.0.1' })
  await sandbox.tellAt(`${address}/api/payments/webhooks/sandbox`)
  const call = service.asService()

  let ahead = Temporal.Duration.from({ seconds: 0 })

  const newAttempt = (
    more: { orderId?: string; card?: string; amount?: number; deadlineMinutes?: number } = {},
  ) => ({
    attemptId: randomUUIDv7(),
    orderId: more.orderId ?? randomUUIDv7(),
    orderNumber: 'MQ-7K2P',
    theaterId: randomUUIDv7(),
    amount: { amount: more.amount ?? 2450, currency: 'EUR' },
    method: 'sandbox' as const,
    card: more.card ?? cards.pays,
    returnUrl: 'http://localhost:3000/orders/1',
    deadline: Temporal.Now.instant()
      .add(ahead)
      .add({ minutes: more.deadlineMinutes ?? 15 })
      .toString(),
  })

  return {
    sandbox,
    service,
    call,
    webhookUrl: `${address}/api/payments/webhooks/sandbox`,
    newAttempt,
    pay: async (more: Parameters<typeof newAttempt>[0] = {}) => {
      const attempt = newAttempt(more)
      return { ...attempt, ...(await call.startAttempt(attempt)) }
    },
    captures: () => service.published(paymentCaptured),
    failures: () => service.published(paymentFailed),
    givenBack: () => service.published(paymentRefunded),
    /** So much later the reconciler comes round. */
    async reconcileAfter(duration: Temporal.DurationLike) {
      await advanceClock(service.db, duration)
      ahead = ahead.add(Temporal.Duration.from(duration).round({ largestUnit: 'hours' }))
      await service.runJob('reconcile-attempts')
    },
    runJob: service.runJob,
    ledger: () => call.checkLedger({}),
    async account(name: string) {
      const { rows } = await service.db.query<{ sum: number }>(
        'select coalesce(sum(amount), 0)::bigint as sum from postings where account = $1',
        [name],
      )
      return rows[0]?.sum
    },
    async close() {
      try {
        await service.stop()
      } finally {
        await sandbox.stop()
      }
    },
  }
}
