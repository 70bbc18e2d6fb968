import type { Database } from '@marquee/kit/sql'
import type { IdentityConfig } from './config.ts'
import { countFailure, forgetFailures, forgiveOne, secondsLocked } from './failure-store.ts'

export type Lockout = {
  /** Seconds to wait before the next try; 0 when it may be made. */
  waitFor(subjects: readonly string[]): Promise<number>
  /**
   * Counts a try before it is judged, so that many at once are not all judged; false when there were too many.
   */
  mayTry(subjects: readonly string[]): Promise<boolean>
  /** The try was right: the account starts anew, the network is forgiven this one. */
  succeeded(subjects: readonly string[]): Promise<void>
}

/** Looked at for each try: they change while identity runs. With limits off nobody waits, for load tests from one network. */
type Rules = Pick<IdentityConfig, 'limits' | 'failuresAllowed'>

const longestWaitSeconds = 900

/**
 * Makes guessing slow: after some failures an account from one network, and after more the account from anywhere or the
 * network, waits twice as long each time. So nobody elsewhere keeps its owner out by wrong passwords.
 */
export function createLockout({ db, rules }: { db: Database; rules: Rules }): Lockout {
  return {
    waitFor: async (subjects) => (rules.limits === 'off' ? 0 : secondsLocked(db, subjects)),
    mayTry: async (subjects) => {
      const { limits, failuresAllowed } = rules
      return limits === 'off' || !(await countFailure(db, subjects, { failuresAllowed, longestWaitSeconds }))
    },
    async succeeded(subjects) {
      if (rules.limits === 'off') return
      await forgiveOne(db, subjects.filter(isNetwork))
      await forgetFailures(
        db,
        subjects.filter((subject) => !isNetwork(subject)),
      )
    },
  }
}

const isNetwork = (subject: string) => subject.startsWith('network:')
