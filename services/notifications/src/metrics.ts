import type { Metrics } from '@marquee/kit/telemetry'

/** What there is to count about mails. */
export function createNotificationsMetrics(metrics: Metrics) {
  const mails = metrics.counter('marquee_mails_total', 'Mails, by kind and outcome', ['kind', 'outcome'])
  return {
    mail: (kind: string, outcome: 'sent' | 'kept' | 'failed' | 'delayed') => mails.inc({ kind, outcome }),
  }
}
export type NotificationsMetrics = ReturnType<typeof createNotificationsMetrics>
