import type { Database } from '@marquee/kit/sql'
import { logInSubjects, networkSubject } from './failure-subjects.ts'
import type { Lockout } from './lockout.ts'
import type { Sessions } from './open-session.ts'
import type { PasswordHashing } from './password-hashing.ts'
import type { SecondFactor } from './second-factor.ts'
import { findByEmail, lockById } from './user-store.ts'

type Deps = {
  db: Database
  hashing: PasswordHashing
  lockout: Lockout
  sessions: Sessions
  secondFactor: SecondFactor
}
type Wish = { email: string; password: string; code?: string; network?: string }

/** Logs in. What an unknown address answers, and how fast, is what a wrong password answers. */
export function createLogIn({ db, hashing, lockout, sessions, secondFactor }: Deps) {
  return async ({ email, password, code, network }: Wish) => {
    const subjects = logInSubjects(email, network)
    const retryAfterSeconds = await lockout.waitFor(subjects)
    if (retryAfterSeconds > 0) return { ok: false as const, code: 'locked-out' as const, retryAfterSeconds }
    if (!(await lockout.mayTry(subjects)))
      return { ok: false as const, code: 'locked-out' as const, retryAfterSeconds: 5 }
    const user = await findByEmail(db, email)
    if (!(await hashing.verify(user?.password_hash, password)) || !user)
      return { ok: false as const, code: 'invalid-credentials' as const }
    const outcome = await db.transaction(async (tx) => {
      // While it was judged the password may have been replaced, or the account erased: the old one opens nothing.
      const now = await lockById(tx, user.id)
      if (now?.password_hash !== user.password_hash)
        return { ok: false as const, code: 'invalid-credentials' as const }
      const factor = await secondFactor.check(tx, user.id, code)
      if (factor === 'needed') return { ok: false as const, code: 'second-factor-needed' as const }
      if (factor === 'wrong') return { ok: false as const, code: 'invalid-credentials' as const }
      const session = await sessions.open(tx, user)
      return { ok: true as const, session }
    })
    // A right password without its code is not yet a success: it must not forgive wrong codes. It is no guess either.
    if (outcome.ok) await lockout.succeeded(subjects)
    else if (outcome.code === 'second-factor-needed') await lockout.succeeded(networkSubject(network))
    return outcome
  }
}
