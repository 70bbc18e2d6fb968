import { crashPoint } from '@marquee/kit/resilience'
import { createBatcher } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { isLive, publicStatus } from './attempt-state.ts'
import {
  type Attempt,
  checkSoon,
  findAttempts,
  findLiveOfOrders,
  insertAttempts,
  type NewAttempt,
} from './attempt-store.ts'
import { type Finding, type PaymentProvider, ProviderError } from './provider/provider.ts'
import type { SettleAttempts } from './settle-attempts.ts'

export type StartWish = NewAttempt & {
  orderNumber: string
  card?: string | undefined
  token?: string | undefined
  returnUrl: string
}
export type StartResult =
  | { ok: true; status: 'captured' | 'failed' | 'pending'; reason?: string; redirectUrl?: string }
  | { ok: false; code: 'attempt-running'; attemptId: string }
  | { ok: false; code: 'unknown-card' }

type Begun =
  | { kind: 'new' }
  | { kind: 'known'; attempt: Attempt }
  | { kind: 'running'; attemptId: string }
  | { kind: 'too-late' }

type Deps = {
  db: Database
  providerOf: (name: string) => PaymentProvider
  settle: SettleAttempts['settle']
  log: Logger
  firstCheckSeconds: number
}

/** Commits the attempt, then asks the provider; what it answers runs the one transition. */
export function createStartAttempt({ db, providerOf, settle, log, firstCheckSeconds }: Deps) {
  const beginnings = createBatcher<NewAttempt, Begun>({ run: begin, inFlight: 2 })

  async function begin(wishes: NewAttempt[]): Promise<Begun[]> {
    const fresh = await insertAttempts(db, wishes, { firstCheckSeconds })
    const others = wishes.filter(({ id }) => !fresh.has(id))
    if (others.length === 0) return wishes.map(() => ({ kind: 'new' }))
    const [known, live] = await Promise.all([
      findAttempts(
        db,
        others.map(({ id }) => id),
      ),
      findLiveOfOrders(
        db,
        others.map(({ orderId }) => orderId),
      ),
    ])
    return wishes.map(({ id, orderId }): Begun => {
      // Deleting makes an id that came twice in one batch new only once.
      if (fresh.delete(id)) return { kind: 'new' }
      const attempt = known.get(id)
      if (attempt) return { kind: 'known', attempt }
      const attemptId = live.get(orderId)
      return attemptId ? { kind: 'running', attemptId } : { kind: 'too-late' }
    })
  }

  async function ask(wish: StartWish, isFirst: boolean): Promise<Finding | undefined> {
    const { id: attemptId, orderNumber, deadline, theaterId, orderId, provider, ...rest } = wish
    try {
      return await providerOf(provider).start({ ...rest, attemptId, description: `Order ${orderNumber}` })
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      log.warn({ attemptId, orderId, err: error }, 'the provider gave no answer to a payment')
      // Nothing was sent now or before, so the buyer may try again at once.
      if (isFirst && !error.reached) return { status: 'failed', reason: 'provider-unavailable' }
      await checkSoon(db, attemptId)
      return undefined
    }
  }

  async function start(wish: StartWish): Promise<StartResult> {
    const begun = await beginnings.submit(wish)
    if (begun.kind === 'running') return { ok: false, code: 'attempt-running', attemptId: begun.attemptId }
    if (begun.kind === 'too-late') return { ok: true, status: 'failed', reason: 'too-late' }
    if (begun.kind === 'known' && !isLive(begun.attempt.status)) return answer(begun.attempt)
    crashPoint('payments.attempt.committed')
    const finding = await ask(wish, begun.kind === 'new')
    crashPoint('payments.provider.answered')
    if (!finding) return { ok: true, status: 'pending' }
    const attempt = await settle(wish.id, finding, { isFresh: true })
    crashPoint('payments.settle.committed')
    if (!attempt) throw new Error(`attempt ${wish.id} vanished after its commit`)
    return answer(attempt, finding)
  }

  return { start, idle: beginnings.idle }
}

function answer(attempt: Attempt, finding?: Finding): StartResult {
  const status = publicStatus(attempt.status)
  const reason = attempt.reason ?? undefined
  if (status === 'failed' && reason === 'unknown-card') return { ok: false, code: 'unknown-card' }
  if (status === 'failed') return { ok: true, status, reason: reason ?? 'declined' }
  const redirectUrl = finding?.status === 'pending' ? finding.redirectUrl : undefined
  return { ok: true, status, ...(status === 'pending' && redirectUrl ? { redirectUrl } : {}) }
}
