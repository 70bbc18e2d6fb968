import { paymentCaptured, paymentFailed } from '@marquee/contracts/payments'
import type { Publication, Publisher } from '@marquee/kit/events'
import { type Batcher, createBatcher, type Ids } from '@marquee/kit/service'
import type { Database, Transaction } from '@marquee/kit/sql'
import { currentContext, type RequestContext } from '@marquee/kit/telemetry'
import { type AttemptStatus, becomes } from './attempt-state.ts'
import { type Attempt, findAttempts, lockAttempts, saveAttempts } from './attempt-store.ts'
import { beneficiary, captured, type Posting, refundOwed } from './ledger.ts'
import { post } from './ledger-store.ts'
import type { PaymentsMetrics } from './metrics.ts'
import type { Finding } from './provider/provider.ts'
import { createRecentSet } from './recent-set.ts'
import { insertRefunds, type NewRefund } from './refund-store.ts'

type Found = {
  attemptId: string
  finding: Finding
  cause: RequestContext | undefined
  isFresh: boolean
}

export type SettleAttempts = {
  /**
   * Records what was found out; answers the attempt as it is now, undefined when it is unknown. `isFresh`: the
   * finding is hardly known already.
   */
  settle: (
    attemptId: string,
    finding: Finding,
    options?: { isFresh: boolean },
  ) => Promise<Attempt | undefined>
  /** True for what was captured a while ago, false when it is not remembered. A capture stays one for ever. */
  wasCaptured: (attemptId: string) => boolean
  idle: () => Promise<void>
}

type Deps = {
  db: Database
  events: Publisher
  ids: Ids
  clock: { now: () => Temporal.Instant }
  metrics: PaymentsMetrics
}

/**
 * The one transition. Response, webhook, reconciler and the provider's book all come here, in any order, any
 * number of times; each attempt ends once, with its postings and its event in the same transaction.
 */
export function createSettleAttempts({ db, events, ids, clock, metrics }: Deps): SettleAttempts {
  const batcher: Batcher<Found, Attempt | undefined> = createBatcher({ run, inFlight: 2 })

  const recent = createRecentSet(10_000)

  async function run(found: Found[]): Promise<(Attempt | undefined)[]> {
    // What may be known already is read first, since it then needs no lock.
    const doubtful = new Set(found.filter(({ isFresh }) => !isFresh).map(({ attemptId }) => attemptId))
    const known = doubtful.size > 0 ? await findAttempts(db, [...doubtful]) : new Map<string, Attempt>()
    const moving = found.filter((one) => one.isFresh || moves(known.get(one.attemptId), one.finding))
    const moved = moving.length > 0 ? await db.transaction((tx) => move(tx, moving)) : undefined
    return found.map(({ attemptId }) => moved?.get(attemptId) ?? known.get(attemptId))
  }

  async function move(tx: Transaction, found: readonly Found[]): Promise<Map<string, Attempt>> {
    const attempts = await lockAttempts(tx, [...new Set(found.map(({ attemptId }) => attemptId))])
    const changed = new Map<string, Attempt>()
    const postings: Posting[] = []
    const refunds: NewRefund[] = []
    const publications: Publication[] = []
    const ended: AttemptStatus[] = []

    for (const { attemptId, finding, cause } of found) {
      const before = attempts.get(attemptId)
      if (!before || !moves(before, finding)) continue
      const after = applied(before, finding)
      attempts.set(attemptId, after)
      changed.set(attemptId, after)
      if (finding.status === 'captured') {
        const movement = { reference: attemptId, amount: finding.amount, currency: finding.currency }
        postings.push(...captured(movement, { provider: after.provider, to: beneficiary(after) }))
        if (after.status === 'returned') {
          const refund = { ...movement, reference: ids.uuid() }
          postings.push(...refundOwed(refund, { by: beneficiary(after) }))
          refunds.push({ ...refund, id: refund.reference, attempt: after, ticketId: null })
        }
      }
      const news = announcement(after, cause)
      if (news) publications.push(news)
      ended.push(after.status)
    }

    if (changed.size === 0) return attempts
    await Promise.all([
      saveAttempts(tx, [...changed.values()]),
      post(tx, postings),
      insertRefunds(tx, refunds),
      events.publishAll(tx, publications),
    ])
    tx.afterCommit(() => {
      for (const status of ended) metrics.attempt(status)
      for (const { id, status } of changed.values()) if (status === 'captured') recent.add(id)
    })
    return attempts
  }

  function announcement(after: Attempt, cause: RequestContext | undefined): Publication | undefined {
    const { id: attemptId, orderId, status, currency, capturedAmount } = after
    if (orderId === null) return undefined
    if (status === 'captured') {
      const amount = { amount: capturedAmount ?? 0, currency }
      const payload = { attemptId, orderId, amount, capturedAt: clock.now().toString() }
      return { event: paymentCaptured, payload, key: orderId, cause }
    }
    if (status !== 'failed') return undefined
    const payload = { attemptId, orderId, reason: after.reason ?? 'declined' }
    return { event: paymentFailed, payload, key: orderId, cause }
  }

  return {
    settle: (attemptId, finding, { isFresh } = { isFresh: false }) =>
      batcher.submit({ attemptId, finding, cause: currentContext(), isFresh }),
    wasCaptured: recent.has,
    idle: batcher.idle,
  }
}

function moves(attempt: Attempt | undefined, finding: Finding): boolean {
  return attempt !== undefined && becomes(attempt.status, finding.status) !== attempt.status
}

function applied(before: Attempt, finding: Finding): Attempt {
  return {
    ...before,
    status: becomes(before.status, finding.status),
    providerId: finding.providerId ?? before.providerId,
    ...(finding.status === 'failed' ? { reason: finding.reason } : {}),
    ...(finding.status === 'captured' ? { capturedAmount: finding.amount, currency: finding.currency } : {}),
  }
}
