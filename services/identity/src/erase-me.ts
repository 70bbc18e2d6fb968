import { userErased } from '@marquee/contracts/identity'
import type { theatersContract } from '@marquee/contracts/theaters'
import type { Client } from '@marquee/kit/contract'
import type { Publisher } from '@marquee/kit/events'
import type { Database } from '@marquee/kit/sql'
import type { EndSessions } from './end-sessions.ts'
import { forgetFailures, forgetFailuresOf } from './failure-store.ts'
import { accountSubject, askedAgainSubject, takenAddressSubject } from './failure-subjects.ts'
import { forgetRequestsOf } from './reset-request-store.ts'
import { eraseUser, lockById } from './user-store.ts'

type Deps = {
  db: Database
  events: Publisher
  endSessions: EndSessions
  theaters: Client<(typeof theatersContract)['endpoints']>
}
type Outcome =
  | { ok: true }
  | { ok: false; code: 'unavailable' }
  | { ok: false; code: 'last-owner'; theaters: { id: string; name: string }[] }

/** Erases an account, unless a theater would be left without an owner: our copy of who owns what may be late. */
export function createEraseMe({ db, events, endSessions, theaters }: Deps) {
  return async (userId: string): Promise<Outcome> => {
    const alone = await theaters.asService().attempt.theatersOwnedAlone({ userId })
    if (!alone.ok) return { ok: false, code: 'unavailable' }
    if (alone.value.items.length > 0) return { ok: false, code: 'last-owner', theaters: alone.value.items }
    await db.transaction(async (tx) => {
      const user = await lockById(tx, userId)
      if (!user) return
      await endSessions(tx, { userId })
      await eraseUser(tx, userId)
      await forgetFailures(tx, [askedAgainSubject(userId)])
      await forgetFailuresOf(tx, user.email)
      await forgetRequestsOf(tx, [accountSubject(user.email), takenAddressSubject(user.email)])
      await events.publish(tx, userErased, { userId }, { key: userId, version: user.version + 1 })
    })
    return { ok: true }
  }
}
