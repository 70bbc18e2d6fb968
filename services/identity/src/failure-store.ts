import type { Database, Transaction } from '@marquee/kit/sql'
import { accountSubject, fromAnyNetworkPrefix } from './failure-subjects.ts'

export async function secondsLocked(db: Database, subjects: readonly string[]): Promise<number> {
  const { rows } = await db.query<{ seconds: number }>(
    'select ceil(extract(epoch from max(locked_until) - clock()))::int as seconds from login_failures where subject = any($1) and locked_until > clock()',
    [subjects],
    { name: 'identity-wait-for' },
  )
  return Math.max(0, rows[0]?.seconds ?? 0)
}

// What stood against a subject until now: nothing after an hour of peace, and of a network, which is many people, or an
// account tried from anywhere, less with every minute, so that now and then a wrong password does not add up for ever.
const stood = `case
  when f.last_at < clock() - interval '1 hour' then 0
  when f.subject like 'network:%' or f.subject like 'account:%'
  then greatest(0, f.failures - floor(extract(epoch from clock() - f.last_at) / 3600 * allowed_failures(f.subject, $2))::int)
  else f.failures end`

type Rules = { failuresAllowed: number; longestWaitSeconds: number }

/** Counts one more failure of each and locks those with too many; answers whether one was locked already. */
export async function countFailure(
  db: Database,
  subjects: readonly string[],
  { failuresAllowed, longestWaitSeconds }: Rules,
): Promise<boolean> {
  const { rows } = await db.query<{ locked: boolean }>(
    `insert into login_failures as f (subject, failures, last_at)
     select subject, 1, clock() from unnest($1::text[]) as subject order by subject
     on conflict (subject) do update set
       last_at = clock(),
       failures = case when f.locked_until > clock() then f.failures else ${stood} + 1 end,
       locked_until = case
         when f.locked_until > clock() then f.locked_until
         when ${stood} + 1 >= allowed_failures(f.subject, $2)
         then clock() + make_interval(secs => least($3, 5 * power(2, least(12, ${stood} + 1 - allowed_failures(f.subject, $2)))))
       end
     returning coalesce(old.locked_until > clock(), false) as locked`,
    [subjects, failuresAllowed, longestWaitSeconds],
  )
  return rows.some(({ locked }) => locked)
}

/** One failure less. */
export async function forgiveOne(db: Database, subjects: readonly string[]): Promise<void> {
  await db.query(
    'update login_failures set failures = greatest(0, failures - 1), locked_until = null where subject = any($1)',
    [subjects],
  )
}

/** All that stood against an account, wherever it was tried from. */
export async function forgetFailuresOf(on: Database | Transaction, email: string): Promise<void> {
  // In the order in which a try locks them.
  await on.query(
    `delete from login_failures where subject in (
       select subject from login_failures where subject = $1 or starts_with(subject, $2)
        order by subject for update)`,
    [accountSubject(email), fromAnyNetworkPrefix(email)],
  )
}

export async function forgetFailures(on: Database | Transaction, subjects: readonly string[]): Promise<void> {
  await on.query('delete from login_failures where subject = any($1)', [subjects])
}
