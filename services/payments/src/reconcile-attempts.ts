import type { Database } from '@marquee/kit/sql'
import type { Logger } from '@marquee/kit/telemetry'
import { atMost } from './at-most.ts'
import { type DueAttempt, takeDueAttempts } from './attempt-store.ts'
import { type Finding, type PaymentProvider, ProviderError } from './provider/provider.ts'
import type { SettleAttempts } from './settle-attempts.ts'

type Deps = {
  db: Database
  providerOf: (name: string) => PaymentProvider
  settle: SettleAttempts['settle']
  log: Logger
  firstCheckSeconds: number
  /** Longer than a call to the provider may take. */
  graceSeconds: number
}

/** Asks the provider about attempts that have no end yet, rarer each time. Returns how many it asked about. */
export function createReconcileAttempts(deps: Deps) {
  const { db, providerOf, settle, log, firstCheckSeconds, graceSeconds } = deps

  return async (): Promise<number> => {
    const due = await takeDueAttempts(db, { most: 200, firstCheckSeconds, graceSeconds })
    await atMost(8, due, reconcile)
    return due.length
  }

  async function reconcile(attempt: DueAttempt): Promise<void> {
    try {
      const finding = await findOut(attempt)
      if (finding) await settle(attempt.id, finding)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      log.warn({ attemptId: attempt.id, err: error }, 'the provider gave no answer about an attempt')
    }
  }

  async function findOut({ id, provider, overdue, old }: DueAttempt): Promise<Finding | undefined> {
    const { find, cancel } = providerOf(provider)
    const found = overdue ? await cancel(id) : await find(id)
    if (found) return found
    // The card is not kept, so it cannot be sent again: the buyer may try anew.
    return old ? { status: 'failed', reason: 'never-reached' } : undefined
  }
}
