/** What a provider says about an attempt. */
export type Finding =
  | { status: 'captured'; providerId: string; amount: number; currency: string }
  | { status: 'failed'; reason: string; providerId?: string | undefined }
  | { status: 'pending'; providerId?: string | undefined; redirectUrl?: string | undefined }

type StartRequest = {
  attemptId: string
  amount: number
  currency: string
  card?: string | undefined
  token?: string | undefined
  returnUrl: string
  description: string
}

type RefundRequest = { refundId: string; providerId: string; amount: number; currency: string }

/** News that a provider brought by itself; undefined `news` is about something we do not keep. */
export type News =
  | { kind: 'attempt'; attemptId: string; finding: Finding }
  | { kind: 'refund'; refundId: string; providerId: string }

export type BookEntry = {
  seq: number
  kind: 'capture' | 'refund'
  /** Our attempt or refund, as we named it to the provider. */
  reference: string
  providerId: string
  amount: number
  currency: string
}

/** A provider of payments. Every call may be repeated; the attempt's or refund's id keeps it from counting twice. */
export type PaymentProvider = {
  name: string
  /** Throws `ProviderError`; `reached` false means that nothing was done. */
  start(request: StartRequest): Promise<Finding>
  /** Undefined when the provider never heard of it. */
  find(attemptId: string): Promise<Finding | undefined>
  /** Asks to give up; the answer tells how it ended. */
  cancel(attemptId: string): Promise<Finding | undefined>
  refund(request: RefundRequest): Promise<{ providerId: string }>
  /** All movements of money after `seq`, oldest first; a short page is the last. */
  readBook(after: number): Promise<{ entries: BookEntry[]; more: boolean }>
  /** Reads a webhook: `ok` false when its signature is not the provider's or too old. */
  readWebhook(
    rawBody: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): { ok: true; news: News | undefined } | { ok: false }
}

/** The provider gave no usable answer. */
export class ProviderError extends Error {
  /** False when the request certainly never got there. */
  readonly reached: boolean
  constructor(message: string, { reached, cause }: { reached: boolean; cause?: unknown }) {
    super(message, { cause })
    this.name = 'ProviderError'
    this.reached = reached
  }
}
