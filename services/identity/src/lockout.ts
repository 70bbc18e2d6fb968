import { createHash } from 'node:crypto'
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

/** Makes guessing slow: after some failures an account, and after more a network, waits twice as long each time. */
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

/** What is counted: never the address itself, which may be anybody's. */
export const accountSubject = (email: string): string => `account:${hashed(email.toLowerCase())}`
/** Somebody registers with an address that has an account: its owner is told, but not as often as somebody likes. */
export const takenAddressSubject = (email: string): string => `taken:${hashed(email.toLowerCase())}`
export const networkSubject = (network: string | undefined): string[] =>
  network ? [`network:${hashed(network)}`] : []

const hashed = (value: string): string => createHash('sha256').update(value).digest('base64url')
