import { sendOnce } from '../../api/send-once.ts'
import { rememberPaying } from './paying.ts'

type PayAnswer = {
  status: 'confirmed' | 'paying'
  next?: { redirectUrl: string } | { clientSecret: string } | { poll: string }
}

export type PayOutcome = { go: 'on' } | { go: 'away'; to: string } | { go: 'failed'; code: string }

/** What is told of a payment that failed: a bank that was never reached did not say no. */
export const whyUnpaid = ({ code, reason }: { code: string; reason?: unknown }): string =>
  reason === unreached ? unreached : code

const unreached = 'provider-unavailable'

/** Pays an order by card in the sandbox, once. */
export async function pay(orderId: string, card: string): Promise<PayOutcome> {
  const body = { method: 'sandbox', card }
  const answer = await sendOnce<PayAnswer>(`pay:${orderId}`, `/api/orders/${orderId}/payment`, body)
  if (!answer.ok) return { go: 'failed', code: whyUnpaid(answer.problem) }
  const { status, next } = answer.value
  if (status === 'confirmed' || !next) return { go: 'on' }
  if ('redirectUrl' in next) {
    rememberPaying(orderId, next.redirectUrl)
    return { go: 'away', to: next.redirectUrl }
  }
  rememberPaying(orderId)
  return { go: 'on' }
}
