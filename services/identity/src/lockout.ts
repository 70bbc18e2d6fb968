import type { Database } from '@marquee/kit/sql'

export type Lockout = {
  /** Seconds to wait before the next try; 0 when it may be made. */
  waitFor(subjects: readonly string[]): Promise<number>
  failed(subjects: readonly string[]): Promise<void>
}

const networkFactor = 5
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
    async failed(subjects) {
      await db.query(
        `insert into login_failures as f (subject, failures, last_at)
         select subject, 1, clock() from unnest($1::text[]) as subject order by subject
         on conflict (subject) do update set
           failures = case when f.last_at < clock() - interval '1 hour' then 1 else f.failures + 1 end,
           last_at = clock(),
           locked_until = case
             when f.last_at >= clock() - interval '1 hour'
              and f.failures + 1 >= (case when f.subject like 'network:%' then $2::int * ${networkFactor} else $2::int end)
             then clock() + make_interval(secs => least(${longestWaitSeconds}, 5 * power(2, least(12, f.failures + 1
                - (case when f.subject like 'network:%' then $2::int * ${networkFactor} else $2::int end)))))
           end`,
        [subjects, failuresAllowed],
      )
    },
  }
}

export const accountSubject = (email: string): string => `account:${email.toLowerCase()}`
export const networkSubject = (network: string | undefined): string[] =>
  network ? [`network:${network}`] : []
