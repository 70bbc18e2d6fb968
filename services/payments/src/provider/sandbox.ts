import { z } from 'zod'
import type { JsonCall, JsonClient } from './json-client.ts'
import { type BookEntry, type Finding, type News, type PaymentProvider, ProviderError } from './provider.ts'
import { isSigned } from './signature.ts'

const Payment = z.object({
  id: z.string(),
  reference: z.string(),
  amount: z.int(),
  currency: z.string(),
  status: z.enum(['requires_action', 'processing', 'captured', 'declined', 'cancelled']),
  decline_reason: z.string().optional(),
  next_action: z.object({ redirect_url: z.string() }).optional(),
})
const Payments = z.object({ data: z.array(Payment) })
const Refund = z.object({ id: z.string(), reference: z.string() })
const Book = z.object({
  data: z.array(
    z.object({
      seq: z.int(),
      kind: z.enum(['capture', 'refund']),
      payment: z.string(),
      reference: z.string(),
      amount: z.int(),
      currency: z.string(),
    }),
  ),
  has_more: z.boolean(),
})
const Refusal = z.object({ error: z.object({ code: z.string(), message: z.string() }) })
const Notice = z.object({ type: z.string(), data: z.object({ object: z.unknown() }) })

const pageSize = 5000

type Asked<Schema extends z.ZodType> =
  | { ok: true; value: z.output<Schema> }
  | { ok: false; code: string; message: string }

export type SandboxOptions = {
  client: JsonClient
  /** Its API key, which also signs its webhooks. */
  secret: () => string
  toleranceSeconds: number
  now: () => Temporal.Instant
}

/** Speaks the sandbox provider's protocol. */
export function createSandboxProvider(options: SandboxOptions): PaymentProvider {
  const { client, secret, toleranceSeconds, now } = options

  async function ask<Schema extends z.ZodType>(schema: Schema, call: JsonCall): Promise<Asked<Schema>> {
    const answer = await client(call)
    if (answer.status < 300) return { ok: true, value: schema.parse(answer.body) }
    const refusal = Refusal.safeParse(answer.body)
    if (refusal.success) return { ok: false, ...refusal.data.error }
    throw new ProviderError(`the sandbox answered ${answer.status}`, { reached: true })
  }
  const unexpected = (what: string, { code, message }: { code: string; message: string }, reached = true) =>
    new ProviderError(`the sandbox refused ${what}: ${code}, ${message}`, { reached })

  async function find(attemptId: string) {
    const path = `/v1/payments?reference=${encodeURIComponent(attemptId)}`
    const found = await ask(Payments, { method: 'GET', path })
    if (!found.ok) throw unexpected('a look-up', found)
    return found.value.data[0]
  }

  return {
    name: 'sandbox',
    async start({ attemptId, amount, currency, card = '', returnUrl, description }) {
      const body = {
        reference: attemptId,
        amount,
        currency,
        card: { number: card },
        return_url: returnUrl,
        description,
      }
      const made = await ask(Payment, {
        method: 'POST',
        path: '/v1/payments',
        body,
        idempotencyKey: attemptId,
      })
      if (made.ok) return toFinding(made.value)
      if (made.code === 'unknown_card') return { status: 'failed', reason: 'unknown-card' }
      // Only these two say that there is a payment by this name.
      const reached = made.code === 'reference_used' || made.code === 'idempotency_key_reused'
      throw unexpected('a payment', made, reached)
    },
    async find(attemptId) {
      const payment = await find(attemptId)
      return payment && toFinding(payment)
    },
    async cancel(attemptId) {
      const payment = await find(attemptId)
      if (!payment) return undefined
      const path = `/v1/payments/${encodeURIComponent(payment.id)}/cancel`
      const ended = await ask(Payment, {
        method: 'POST',
        path,
        body: {},
        idempotencyKey: `${attemptId}-cancel`,
      })
      if (!ended.ok) throw unexpected('a cancellation', ended)
      return toFinding(ended.value)
    },
    async refund({ refundId, providerId, amount, currency }) {
      const body = { payment: providerId, reference: refundId, amount, currency }
      const made = await ask(Refund, { method: 'POST', path: '/v1/refunds', body, idempotencyKey: refundId })
      if (!made.ok) throw unexpected('a refund', made)
      return { providerId: made.value.id }
    },
    async readBook(after) {
      const page = await ask(Book, { method: 'GET', path: `/v1/book?after=${after}&limit=${pageSize}` })
      if (!page.ok) throw unexpected('to show its book', page)
      const entries = page.value.data.map(
        ({ payment, ...entry }): BookEntry => ({ ...entry, providerId: payment }),
      )
      return { entries, more: page.value.has_more }
    },
    readWebhook(rawBody, headers) {
      const header = headers['sandbox-signature']
      if (!isSigned({ rawBody, header, secret: secret(), now: now(), toleranceSeconds })) return { ok: false }
      return { ok: true, news: toNews(rawBody) }
    },
  }
}

function toNews(rawBody: Buffer): News | undefined {
  const { type, data } = Notice.parse(JSON.parse(rawBody.toString('utf8')))
  if (type.startsWith('payment.')) {
    const payment = Payment.parse(data.object)
    return { kind: 'attempt', attemptId: payment.reference, finding: toFinding(payment) }
  }
  if (type !== 'refund.succeeded') return undefined
  const refund = Refund.parse(data.object)
  return { kind: 'refund', refundId: refund.reference, providerId: refund.id }
}

function toFinding(payment: z.output<typeof Payment>): Finding {
  const { id: providerId, status, amount, currency } = payment
  switch (status) {
    case 'captured':
      return { status: 'captured', providerId, amount, currency }
    case 'declined':
    case 'cancelled':
      return { status: 'failed', providerId, reason: reasonOf(payment) }
    case 'requires_action':
    case 'processing':
      return { status: 'pending', providerId, redirectUrl: payment.next_action?.redirect_url }
    default:
      return status satisfies never
  }
}

function reasonOf({ decline_reason = 'declined' }: z.output<typeof Payment>): string {
  return decline_reason.replaceAll('_', '-')
}
