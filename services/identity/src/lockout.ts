import { createHash } from 'node:crypto'
import type { Database } from '@marquee/kit/sql'
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

const longestWaitSeconds = 900

/** Makes guessing slow: after some failures an account, and after more a network, waits twice as long each time. */
export function createLockout({ db, failuresAllowed }: { db: Database; failuresAllowed: number }): Lockout {
  return {
    waitFor: (subjects) => secondsLocked(db, subjects),
    mayTry: async (subjects) => !(await countFailure(db, subjects, { failuresAllowed, longestWaitSeconds })),
    async succeeded(subjects) {
      await forgiveOne(db, subjects.filter(isNetwork))
      await forgetFailures(
        db,
        subjects.filter((subject) => !isNetwork(subject)),
      )
    },
  }
}

const isNetwork = (subject: string) => subject.startsWith('network:')

/** Nobody ever waits: for load tests from one network. */
export const noLockout: Lockout = {
  waitFor: async () => 0,
  mayTry: async () => true,
  succeeded: async () => {},
}

/** What is counted: never the address itself, which may be anybody's. */
export const accountSubject = (email: string): string => `account:${hashed(email.toLowerCase())}`
export const networkSubject = (network: string | undefined): string[] =>
  network ? [`network:${hashed(network)}`] : []

const hashed = (value: string): string => createHash('sha256').update(value).digest('base64url')
