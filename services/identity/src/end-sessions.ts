import { sessionsEnded } from '@marquee/contracts/identity'
import type { Live } from '@marquee/kit/live'
import type { Transaction } from '@marquee/kit/sql'
import { endOpenSessions } from './session-store.ts'

export type EndSessions = (
  tx: Transaction,
  which: { sessionId: string } | { userId: string; except?: string },
) => Promise<void>

/** Ends sessions and tells every gateway as soon as that is true; one that does not hear it asks within a second. */
export function createEndSessions({ live }: { live: Live }): EndSessions {
  return async (tx, which) => {
    const sessionIds = await endOpenSessions(tx, which)
    if (sessionIds.length > 0) tx.afterCommit(() => live.signal(sessionsEnded.topic, { sessionIds }))
  }
}
