/** `refunds:owed` and `customers:unapplied` are debts; `theater:<id>` is what a theater is to be paid. */
export type Account = `provider:${string}` | `theater:${string}` | 'customers:unapplied' | 'refunds:owed'
type PostingKind = 'capture' | 'refund-owed' | 'refund-paid'

/** One side of a transaction, in minor units: debits positive, credits negative. */
export type Posting = {
  reference: string
  kind: PostingKind
  account: Account
  currency: string
  amount: number
}

/** Whose the money of a capture is: the theater's, or the customer's when it bought nothing. */
export function beneficiary(attempt: { status: string; theaterId: string | null }): Account {
  return attempt.status === 'returned' || attempt.theaterId === null
    ? 'customers:unapplied'
    : `theater:${attempt.theaterId}`
}

export type Movement = { reference: string; amount: number; currency: string }

/** Money came in at the provider. */
export function captured(movement: Movement, from: { provider: string; to: Account }): Posting[] {
  return transfer('capture', movement, { debit: `provider:${from.provider}`, credit: from.to })
}

/** We owe money back. */
export function refundOwed(movement: Movement, { by }: { by: Account }): Posting[] {
  return transfer('refund-owed', movement, { debit: by, credit: 'refunds:owed' })
}

/** The provider gave it back. */
export function refundPaid(movement: Movement, { provider }: { provider: string }): Posting[] {
  return transfer('refund-paid', movement, { debit: 'refunds:owed', credit: `provider:${provider}` })
}

function transfer(
  kind: PostingKind,
  { reference, amount, currency }: Movement,
  { debit, credit }: { debit: Account; credit: Account },
): Posting[] {
  return [
    { reference, kind, account: debit, currency, amount },
    { reference, kind, account: credit, currency, amount: -amount },
  ]
}
