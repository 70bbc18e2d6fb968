import type { Database } from '@marquee/kit/sql'
import type { EndSessions } from './end-sessions.ts'
import type { Sessions } from './open-session.ts'
import { hashOf, seal, unseal } from './secret-tokens.ts'
import { lockRefreshToken, replaceRefreshToken } from './session-store.ts'
import { findById } from './user-store.ts'

type Deps = { db: Database; sessions: Sessions; endSessions: EndSessions; graceSeconds: number }

/**
 * Exchanges a refresh token for its successor. A replaced one gives the same successor for a while (two tabs, an
 * answer that was lost); after that its use means that somebody copied it, and the whole family ends.
 */
export function createRefreshSession({ db, sessions, endSessions, graceSeconds }: Deps) {
  return (token: string) =>
    db.transaction(async (tx) => {
      const hash = hashOf(token)
      const row = await lockRefreshToken(tx, hash, graceSeconds)
      const user = row && !row.ended && !row.expired ? await findById(tx, row.user_id) : undefined
      if (!row || !user) return { ok: false as const, code: 'session-ended' as const }
      if (!row.replaced) {
        const successor = await sessions.newRefreshToken(tx, row.session_id)
        await replaceRefreshToken(tx, hash, seal(successor, token))
        return { ok: true as const, session: await sessions.word(tx, user, row.session_id, successor) }
      }
      if (row.in_grace && row.sealed_successor)
        return {
          ok: true as const,
          session: await sessions.word(tx, user, row.session_id, unseal(row.sealed_successor, token)),
        }
      await endSessions(tx, { sessionId: row.session_id })
      return { ok: false as const, code: 'session-ended' as const }
    })
}
