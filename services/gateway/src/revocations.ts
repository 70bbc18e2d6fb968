import type { identityContract } from '@marquee/contracts/identity'
import type { Client } from '@marquee/kit/contract'
import { every } from '@marquee/kit/events'

export type RevocationsDeps = {
  identity: Client<(typeof identityContract)['endpoints']>
  revoke: (sessionId: string) => void
}

/** Follows the sessions that ended, so that their tokens stop within two seconds in every gateway. */
export function followRevocations({ identity, revoke }: RevocationsDeps) {
  let after = 0
  return every('follow-revocations', { milliseconds: 1000 }, async () => {
    const { items, last } = await identity.asService().listRevocations({ after })
    for (const { sessionId } of items) revoke(sessionId)
    after = last
  })
}
