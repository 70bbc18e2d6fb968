import type { Ids } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import type { EndSessions } from './end-sessions.ts'
import { forgetFailuresOf } from './failure-store.ts'
import { accountSubject, askedAgainSubject } from './failure-subjects.ts'
import type { Lockout } from './lockout.ts'
import type { OneTimeLinks } from './one-time-links.ts'
import type { PasswordHashing } from './password-hashing.ts'
import { insertResetRequest } from './reset-request-store.ts'
import { findById, lockById, setPassword, setVerified } from './user-store.ts'

type Deps = {
  db: Database
  hashing: PasswordHashing
  links: OneTimeLinks
  lockout: Lockout
  ids: Ids
  endSessions: EndSessions
}
export type Judgement = 'right' | 'wrong' | { waitSeconds: number }

/** Forgotten, reset and changed passwords, and the confirmation of an address. */
export function createPasswords({ db, hashing, links, lockout, ids, endSessions }: Deps) {
  return {
    /** Whether there is such an account shows in the mailbox only. */
    forgot: (email: string): Promise<void> =>
      insertResetRequest(db, { id: ids.uuid(), subject: accountSubject(email), email }),
    async reset(token: string, password: string): Promise<boolean> {
      const passwordHash = await hashing.hash(password)
      return db.transaction(async (tx) => {
        const userId = await links.take(tx, token, 'reset-password')
        const user = userId ? await lockById(tx, userId) : undefined
        if (!user) return false
        await setPassword(tx, user.id, passwordHash)
        // Whoever reads the mailbox owns the address.
        await setVerified(tx, user.id)
        await endSessions(tx, { userId: user.id })
        await links.tell(tx, user, 'password-changed')
        await forgetFailuresOf(tx, user.email)
        return true
      })
    },
    async change(
      userId: string,
      sessionId: string | undefined,
      current: string,
      password: string,
    ): Promise<Judgement> {
      const before = await findById(db, userId)
      const judgement = await this.judge(userId, current)
      if (judgement !== 'right') return judgement
      const passwordHash = await hashing.hash(password)
      return db.transaction(async (tx) => {
        const user = await lockById(tx, userId)
        // Its owner set another one meanwhile, by a mailed link: that one stays.
        if (user?.password_hash !== before?.password_hash || !user) return 'wrong'
        await setPassword(tx, userId, passwordHash)
        // A link that was mailed before may have been why.
        await links.end(tx, userId, 'reset-password')
        await endSessions(tx, { userId, ...(sessionId ? { except: sessionId } : {}) })
        await links.tell(tx, user, 'password-changed')
        return 'right'
      })
    },
    async verifyEmail(token: string): Promise<boolean> {
      return db.transaction(async (tx) => {
        const userId = await links.take(tx, token, 'verify-email')
        if (userId) await setVerified(tx, userId)
        return userId !== undefined
      })
    },
    /** Asks for the password once more, as slow to guess as a log-in. */
    async judge(userId: string, password: string): Promise<Judgement> {
      const user = await findById(db, userId)
      const subjects = [askedAgainSubject(userId)]
      const waitSeconds = await lockout.waitFor(subjects)
      if (waitSeconds > 0) return { waitSeconds }
      if (!(await lockout.mayTry(subjects))) return { waitSeconds: 5 }
      if (!(await hashing.verify(user?.password_hash, password))) return 'wrong'
      await lockout.succeeded(subjects)
      return 'right'
    },
  }
}
export type Passwords = ReturnType<typeof createPasswords>
