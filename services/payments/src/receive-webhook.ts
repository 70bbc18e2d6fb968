import { crashPoint } from '@marquee/kit/resilience'
import { z } from 'zod'
import type { PaymentsMetrics } from './metrics.ts'
import type { PaymentProvider } from './provider/provider.ts'
import type { SettleAttempts } from './settle-attempts.ts'
import type { SettleRefunds } from './settle-refunds.ts'

export type Webhook = {
  provider: string
  rawBody: Buffer
  headers: Readonly<Record<string, string | undefined>>
}
export type WebhookResult = { ok: true } | { ok: false; code: 'not-found' | 'bad-signature' }

type Deps = {
  findProvider: (name: string) => PaymentProvider | undefined
  settleAttempt: SettleAttempts['settle']
  wasCaptured: SettleAttempts['wasCaptured']
  settleRefund: SettleRefunds['settle']
  metrics: PaymentsMetrics
}

const Reference = z.uuid()

/** Takes a provider's word when it is signed; answers once it is committed, so that unheard news comes again. */
export function createReceiveWebhook(deps: Deps) {
  const { findProvider, settleAttempt, wasCaptured, settleRefund, metrics } = deps

  return async ({ provider: name, rawBody, headers }: Webhook): Promise<WebhookResult> => {
    const provider = findProvider(name)
    if (!provider) return { ok: false, code: 'not-found' }
    const read = provider.readWebhook(rawBody, headers)
    metrics.webhook(read.ok ? 'taken' : 'refused')
    if (!read.ok) return { ok: false, code: 'bad-signature' }
    const { news } = read
    // Most webhooks tell what the response told already.
    if (news?.kind === 'attempt' && !wasCaptured(news.attemptId) && isOurs(news.attemptId))
      await settleAttempt(news.attemptId, news.finding)
    if (news?.kind === 'refund' && isOurs(news.refundId)) await settleRefund(news)
    crashPoint('payments.webhook.committed')
    return { ok: true }
  }
}

const isOurs = (reference: string) => Reference.safeParse(reference).success
