import { z } from 'zod'

export type PaymentStatus = 'requires_action' | 'processing' | 'captured' | 'declined' | 'cancelled'

export type Payment = {
  id: string
  reference: string
  idempotencyKey: string
  amount: number
  currency: string
  last4: string
  status: PaymentStatus
  reason?: string
  returnUrl: string
  /** Proves that a browser was sent here by the merchant. */
  challenge?: string
  createdAt: string
  /** When a late payment is captured. */
  dueAt?: string
  refunded: number
}

export type Refund = {
  id: string
  paymentId: string
  reference: string
  idempotencyKey: string
  amount: number
  currency: string
  createdAt: string
}

const money = { amount: z.int().min(1).max(1e11), currency: z.string().regex(/^[A-Z]{3}$/) }
const reference = z.string().min(1).max(100)

export const NewPayment = z.object({
  reference,
  ...money,
  card: z.object({ number: z.string().max(30) }),
  return_url: z.url({ protocol: /^https?$/ }).max(2000),
  description: z.string().max(200).optional(),
})
export const NewRefund = z.object({ payment: z.string().max(100), reference, ...money })

type CardRule = { status: PaymentStatus; reason?: string; late?: true }

const cards: Readonly<Record<string, CardRule>> = {
  '4242424242424242': { status: 'captured' },
  '4000000000000002': { status: 'declined', reason: 'card_declined' },
  '4000000000003220': { status: 'requires_action' },
  '4000000000000259': { status: 'processing', late: true },
}

/** What a card does here; undefined for a number the sandbox does not know. */
export function ruleOf(cardNumber: string): CardRule | undefined {
  return Object.hasOwn(cards, cardNumber) ? cards[cardNumber] : undefined
}

export function isOpen({ status }: Payment): boolean {
  return status === 'requires_action' || status === 'processing'
}

/** A payment as the API shows it. */
export function presentPayment(payment: Payment, publicUrl: string) {
  const { id, reference, amount, currency, status, reason, last4, returnUrl, challenge } = payment
  const challengeUrl = `${publicUrl}/challenge/${id}?key=${challenge}`
  return {
    object: 'payment',
    id,
    reference,
    amount,
    currency,
    status,
    card: { last4 },
    amount_refunded: payment.refunded,
    return_url: returnUrl,
    created_at: payment.createdAt,
    ...(reason ? { decline_reason: reason } : {}),
    ...(status === 'requires_action' ? { next_action: { redirect_url: challengeUrl } } : {}),
  }
}

export function presentRefund({ id, paymentId, reference, amount, currency, createdAt }: Refund) {
  return {
    object: 'refund',
    id,
    payment: paymentId,
    reference,
    amount,
    currency,
    status: 'succeeded',
    created_at: createdAt,
  }
}
