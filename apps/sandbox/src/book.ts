import { isOpen, type Payment, type PaymentStatus, type Refund } from './payment.ts'

/** One movement of money. `seq` counts them without gaps, in the order they happened. */
export type Entry = {
  seq: number
  kind: 'capture' | 'refund'
  id: string
  payment: string
  reference: string
  amount: number
  currency: string
  at: string
}

/** Something the merchant is to be told. */
export type Notice = { id: string; type: string; at: string; payment?: Payment; refund?: Refund }

export type BookRecord =
  | { type: 'payment'; payment: Payment }
  | { type: 'status'; id: string; status: PaymentStatus; reason?: string; at: string }
  | { type: 'refund'; refund: Refund }
  | { type: 'told'; notice: string }
  | { type: 'endpoint'; url: string }

export type Book = ReturnType<typeof createBook>

/** All that the provider knows. Changes only by records, so that reading the journal again rebuilds it. */
export function createBook() {
  const payments = new Map<string, Payment>()
  const byReference = new Map<string, Payment>()
  const byKey = new Map<string, Payment>()
  const refunds = new Map<string, Refund>()
  const entries: Entry[] = []
  const untold = new Map<string, Notice>()
  let notices = 0
  let endpoint: string | undefined

  function apply(record: BookRecord): Notice | undefined {
    switch (record.type) {
      case 'payment': {
        const { payment } = record
        payments.set(payment.id, payment)
        byReference.set(payment.reference, payment)
        byKey.set(payment.idempotencyKey, payment)
        return isOpen(payment) ? undefined : settled(payment, payment.createdAt)
      }
      case 'status': {
        const payment = payments.get(record.id)
        if (!payment) throw new Error(`the journal tells of ${record.id} before it was made`)
        payment.status = record.status
        if (record.reason) payment.reason = record.reason
        return isOpen(payment) ? undefined : settled(payment, record.at)
      }
      case 'refund': {
        const { refund } = record
        const payment = payments.get(refund.paymentId)
        if (!payment) throw new Error(`the journal refunds ${refund.paymentId} before it was made`)
        refunds.set(refund.idempotencyKey, refund)
        payment.refunded += refund.amount
        enter('refund', { ...refund, payment: refund.paymentId, at: refund.createdAt })
        return notice({ type: 'refund.succeeded', at: refund.createdAt, refund })
      }
      case 'told':
        untold.delete(record.notice)
        return undefined
      case 'endpoint':
        endpoint = record.url
        return undefined
      default:
        return record satisfies never
    }
  }

  function settled(payment: Payment, at: string): Notice {
    if (payment.status === 'captured') enter('capture', { ...payment, payment: payment.id, at })
    return notice({ type: `payment.${payment.status}`, at, payment: { ...payment } })
  }

  function enter(kind: Entry['kind'], from: Omit<Entry, 'seq' | 'kind'>): void {
    const { id, payment, reference, amount, currency, at } = from
    entries.push({ seq: entries.length + 1, kind, id, payment, reference, amount, currency, at })
  }

  function notice(about: Omit<Notice, 'id'>): Notice {
    notices += 1
    const made = { id: `evt_${notices}`, ...about }
    untold.set(made.id, made)
    return made
  }

  return {
    apply,
    payment: (id: string) => payments.get(id),
    byReference: (reference: string) => byReference.get(reference),
    byKey: (key: string) => byKey.get(key),
    refundByKey: (key: string) => refunds.get(key),
    entriesAfter: (seq: number, limit: number) => entries.slice(seq, seq + limit),
    openPayments: () => [...payments.values()].filter(isOpen),
    untold: () => [...untold.values()],
    endpoint: () => endpoint,
  }
}
