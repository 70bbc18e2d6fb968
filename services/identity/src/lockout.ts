import { createHash } from 'node:crypto'
import type { Database, Transaction } from '@marquee/kit/sql'

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
    async waitFor(subjects) {
      const { rows } = await db.query<{ seconds: number }>(
        'select ceil(extract(epoch from max(locked_until) - clock()))::int as seconds from login_failures where subject = any($1) and locked_until > clock()',
        [subjects],
        { name: 'identity-wait-for' },
      )
      return Math.max(0, rows[0]?.seconds ?? 0)
    },
    async mayTry(subjects) {
      const { rows } = await db.query<{ locked: boolean }>(
        `insert into login_failures as f (subject, failures, last_at)
         select subject, 1, clock() from unnest($1::text[]) as subject order by subject
         on conflict (subject) do update set
           last_at = clock(),
           failures = case when f.locked_until > clock() then f.failures
                           when f.last_at < clock() - interval '1 hour' then 1 else f.failures + 1 end,
           locked_until = case
             when f.locked_until > clock() then f.locked_until
             when f.last_at >= clock() - interval '1 hour' and f.failures + 1 >= allowed_failures(f.subject, $2)
             then clock() + make_interval(secs => least(${longestWaitSeconds}, 5 * power(2, least(12, f.failures + 1 - allowed_failures(f.subject, $2)))))
           end
         returning coalesce(old.locked_until > clock(), false) as locked`,
        [subjects, failuresAllowed],
      )
      return rows.every(({ locked }) => !locked)
    },
    async succeeded(subjects) {
      await db.query(
        `update login_failures set failures = greatest(0, failures - 1), locked_until = null where subject = any($1) and subject like 'network:%'`,
        [subjects],
      )
      await db.query("delete from login_failures where subject = any($1) and subject like 'account:%'", [
        subjects,
      ])
    },
  }
}

export async function forgetFailures(tx: Transaction, subject: string): Promise<void> {
  await tx.query('delete from login_failures where subject = $1', [subject])
}

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
