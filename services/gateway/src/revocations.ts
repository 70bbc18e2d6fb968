import { type identityContract, sessionsEnded } from '@marquee/contracts/identity'
import type { Client } from '@marquee/kit/contract'
import { every } from '@marquee/kit/events'
import type { Live } from '@marquee/kit/live'

export type RevocationsDeps = {
  identity: Client<(typeof identityContract)['endpoints']>
  revoke: (sessionId: string) => void
  live: Live
}

/**
 * Follows the sessions that ended, so that their tokens stop in every gateway: at once where live signals reach it,
 * within two seconds where they do not.
 */
export function followRevocations({ identity, revoke, live }: RevocationsDeps) {
  live.subscribe(sessionsEnded.topic, (payload) => {
    const ended = sessionsEnded.payload.safeParse(payload)
    for (const sessionId of ended.data?.sessionIds ?? []) revoke(sessionId)
  })
  let after = 0
  return every('follow-revocations', { milliseconds: 1000 }, async () => {
    const { items, last } = await identity.asService().listRevocations({ after })
    for (const { sessionId } of items) revoke(sessionId)
    after = last
  })
}
