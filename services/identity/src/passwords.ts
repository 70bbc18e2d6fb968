import type { Database } from '@marquee/kit/sql'
import type { OneTimeLinks } from './one-time-links.ts'
import type { PasswordHashing } from './password-hashing.ts'
import { endSessions } from './session-store.ts'
import { findByEmail, findById, lockById, setPassword, setVerified } from './user-store.ts'

type Deps = { db: Database; hashing: PasswordHashing; links: OneTimeLinks }

/** Forgotten, reset and changed passwords, and the confirmation of an address. */
export function createPasswords({ db, hashing, links }: Deps) {
  return {
    /** Whether there is such an account shows in the mailbox only. */
    async forgot(email: string): Promise<void> {
      await db.transaction(async (tx) => {
        const user = await findByEmail(tx, email)
        if (user) await links.mail(tx, user, 'reset-password')
      })
    },
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
        return true
      })
    },
    async change(
      userId: string,
      sessionId: string | undefined,
      current: string,
      password: string,
    ): Promise<boolean> {
      if (!(await this.isRight(userId, current))) return false
      const passwordHash = await hashing.hash(password)
      await db.transaction(async (tx) => {
        const user = await lockById(tx, userId)
        if (!user) return
        await setPassword(tx, userId, passwordHash)
        await endSessions(tx, { userId, ...(sessionId ? { except: sessionId } : {}) })
        await links.tell(tx, user, 'password-changed')
      })
      return true
    },
    async verifyEmail(token: string): Promise<boolean> {
      return db.transaction(async (tx) => {
        const userId = await links.take(tx, token, 'verify-email')
        if (userId) await setVerified(tx, userId)
        return userId !== undefined
      })
    },
    async isRight(userId: string, password: string): Promise<boolean> {
      const user = await findById(db, userId)
      return hashing.verify(user?.password_hash, password)
    },
  }
}
export type Passwords = ReturnType<typeof createPasswords>
