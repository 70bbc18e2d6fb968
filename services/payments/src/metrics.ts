import type { Metrics } from '@marquee/kit/telemetry'
import type { AttemptStatus } from './attempt-state.ts'

export type PaymentsMetrics = {
  attempt: (status: AttemptStatus) => void
  refunded: (refunds: number) => void
  webhook: (outcome: 'taken' | 'refused') => void
  stray: () => void
}

/** One function a business event, so that the names stay in one place. */
export function createPaymentsMetrics(metrics: Metrics): PaymentsMetrics {
  const attempts = metrics.counter('marquee_payments_attempts_total', 'Attempts, by what became of them', [
    'status',
  ])
  const refunds = metrics.counter('marquee_payments_refunds_total', 'Refunds that the provider carried out')
  const webhooks = metrics.counter('marquee_payments_webhooks_total', 'Webhooks, by outcome', ['outcome'])
  const strays = metrics.counter('marquee_payments_strays_total', 'Captures that nobody here asked for')
  return {
    attempt: (status) => attempts.inc({ status }),
    refunded: (count) => refunds.inc({}, count),
    webhook: (outcome) => webhooks.inc({ outcome }),
    stray: () => strays.inc(),
  }
}
