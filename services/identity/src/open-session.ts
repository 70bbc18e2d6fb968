import type { Ids } from '@marquee/kit/service'
import type { Queryable, Transaction } from '@marquee/kit/sql'
import { hashOf } from './secret-tokens.ts'
import { insertRefreshToken, insertSession } from './session-store.ts'
import type { SigningKeys } from './signing-keys.ts'
import { theatersOf } from './theater-people-store.ts'
import { globalRoles, presentUser, type UserRow } from './user.ts'

export type Sessions = ReturnType<typeof createSessions>
type Deps = { keys: SigningKeys; ids: Ids; accessMinutes: number; sessionDays: number }

/** Opens sessions and words them for whoever logged in. */
export function createSessions({ keys, ids, accessMinutes, sessionDays }: Deps) {
  const newRefreshToken = async (tx: Transaction, sessionId: string): Promise<string> => {
    const token = ids.secret()
    await insertRefreshToken(tx, { hash: hashOf(token), sessionId, days: sessionDays })
    return token
  }
  return {
    newRefreshToken,
    async open(tx: Transaction, user: UserRow) {
      const sessionId = ids.uuid()
      await insertSession(tx, sessionId, user.id)
      return this.word(tx, user, sessionId, await newRefreshToken(tx, sessionId))
    },
    async word(on: Queryable, user: UserRow, sessionId: string, refreshToken: string) {
      const seconds = accessMinutes * 60
      return {
        user: presentUser(user, await theatersOf(on, user.id)),
        accessToken: await keys.sign({ userId: user.id, sessionId, roles: globalRoles(user) }, seconds),
        expiresIn: seconds,
        refreshToken,
      }
    },
  }
}
