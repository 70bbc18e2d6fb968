import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { isLive, publicStatus } from './attempt-state.ts'
import { findAttempts } from './attempt-store.ts'
import { type PaymentProvider, ProviderError } from './provider/provider.ts'
import type { SettleAttempts } from './settle-attempts.ts'

export type CancelResult =
  | { ok: true; status: 'captured' | 'failed' | 'pending' }
  | { ok: false; code: 'not-found' }

type Deps = {
  db: Database
  providerOf: (name: string) => PaymentProvider
  settle: SettleAttempts['settle']
  log: Logger
}

/** Asks the provider to give up; only its answer ends the attempt. Pending when it did not answer. */
export function createCancelAttempt({ db, providerOf, settle, log }: Deps) {
  return async (attemptId: string): Promise<CancelResult> => {
    const attempt = (await findAttempts(db, [attemptId])).get(attemptId)
    if (!attempt) return { ok: false, code: 'not-found' }
    if (!isLive(attempt.status)) return { ok: true, status: publicStatus(attempt.status) }
    try {
      const ended = await providerOf(attempt.provider).cancel(attemptId)
      // A provider that never heard of it has nothing to give up; should the call arrive yet, its capture is returned.
      const after = await settle(attemptId, ended ?? { status: 'failed', reason: 'never-reached' })
      return { ok: true, status: publicStatus(after?.status ?? attempt.status) }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      log.warn({ attemptId, err: error }, 'the provider gave no answer to a cancellation')
      return { ok: true, status: 'pending' }
    }
  }
}
