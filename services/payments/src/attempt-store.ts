import type { Queryable, Transaction } from '@marquee/kit/sql'
import { type AttemptStatus, isLive } from './attempt-state.ts'

export type Attempt = {
  id: string
  orderId: string | null
  theaterId: string | null
  provider: string
  amount: number
  currency: string
  status: AttemptStatus
  reason: string | null
  providerId: string | null
  capturedAmount: number | null
}

const columns = `id, order_id as "orderId", theater_id as "theaterId", provider, amount, currency, status, reason,
  provider_id as "providerId", captured_amount as "capturedAmount"`

export type NewAttempt = {
  id: string
  orderId: string
  theaterId: string
  provider: string
  amount: number
  currency: string
  deadline: string
}

/** Commits attempts; answers the ids that are new. Not new: known, past its deadline, or its order is being paid. */
export async function insertAttempts(
  db: Queryable,
  attempts: readonly NewAttempt[],
  { firstCheckSeconds }: { firstCheckSeconds: number },
): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `insert into attempts (id, order_id, theater_id, provider, amount, currency, deadline, created_at, check_at)
     select id, order_id, theater_id, provider, amount, currency, deadline, clock(), clock() + make_interval(secs => $8)
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::timestamptz[])
       as a(id, order_id, theater_id, provider, amount, currency, deadline)
     where deadline > clock() order by id
     on conflict do nothing returning id`,
    [
      attempts.map(({ id }) => id),
      attempts.map(({ orderId }) => orderId),
      attempts.map(({ theaterId }) => theaterId),
      attempts.map(({ provider }) => provider),
      attempts.map(({ amount }) => amount),
      attempts.map(({ currency }) => currency),
      attempts.map(({ deadline }) => deadline),
      firstCheckSeconds,
    ],
    { name: 'payments-insert-attempts' },
  )
  return new Set(rows.map(({ id }) => id))
}

/** Keeps a capture that nobody here asked for, as an attempt that has failed already. */
export async function insertStray(
  db: Queryable,
  stray: Pick<Attempt, 'id' | 'provider' | 'amount' | 'currency' | 'providerId'>,
): Promise<void> {
  await db.query(
    `insert into attempts (id, provider, amount, currency, provider_id, status, reason, deadline, created_at, settled_at)
     values ($1, $2, $3, $4, $5, 'failed', 'unknown-here', clock(), clock(), clock()) on conflict do nothing`,
    [stray.id, stray.provider, stray.amount, stray.currency, stray.providerId],
  )
}

export async function findAttempts(db: Queryable, ids: readonly string[]): Promise<Map<string, Attempt>> {
  const { rows } = await db.query<Attempt>(
    `select ${columns} from attempts where id = any($1::uuid[])`,
    [ids],
    {
      name: 'payments-find-attempts',
    },
  )
  return new Map(rows.map((attempt) => [attempt.id, attempt]))
}

export async function findLiveOfOrders(
  db: Queryable,
  orderIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; orderId: string }>(
    `select id, order_id as "orderId" from attempts
     where order_id = any($1::uuid[]) and status in ('started', 'pending')`,
    [orderIds],
  )
  return new Map(rows.map(({ id, orderId }) => [orderId, id]))
}

export async function findCapturedOfOrder(db: Queryable, orderId: string): Promise<Attempt | undefined> {
  const { rows } = await db.query<Attempt>(
    `select ${columns} from attempts where order_id = $1 and status = 'captured' order by id desc limit 1`,
    [orderId],
  )
  return rows[0]
}

/** Locks attempts in id order, so that two batches never wait for each other in a ring. */
export async function lockAttempts(tx: Transaction, ids: readonly string[]): Promise<Map<string, Attempt>> {
  const { rows } = await tx.query<Attempt>(
    `select ${columns} from attempts where id = any($1::uuid[]) order by id for update`,
    [ids],
    { name: 'payments-lock-attempts' },
  )
  return new Map(rows.map((attempt) => [attempt.id, attempt]))
}

/** Locks the attempt that the provider knows by this id. */
export async function lockAttemptOf(
  tx: Transaction,
  { provider, providerId }: { provider: string; providerId: string },
): Promise<Attempt | undefined> {
  const { rows } = await tx.query<Attempt>(
    `select ${columns} from attempts where provider = $1 and provider_id = $2 for update`,
    [provider, providerId],
  )
  return rows[0]
}

export async function saveAttempts(tx: Transaction, attempts: readonly Attempt[]): Promise<void> {
  await tx.query(
    `update attempts a set status = n.status, reason = n.reason, provider_id = n.provider_id,
       captured_amount = n.captured_amount,
       settled_at = case when n.live then null else coalesce(a.settled_at, clock()) end,
       check_at = case when n.live then a.check_at end
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bool[])
       as n(id, status, reason, provider_id, captured_amount, live)
     where a.id = n.id`,
    [
      attempts.map(({ id }) => id),
      attempts.map(({ status }) => status),
      attempts.map(({ reason }) => reason),
      attempts.map(({ providerId }) => providerId),
      attempts.map(({ capturedAmount }) => capturedAmount),
      attempts.map(({ status }) => isLive(status)),
    ],
    { name: 'payments-save-attempts' },
  )
}

export type DueAttempt = { id: string; provider: string; overdue: boolean; old: boolean }

/**
 * Attempts whose turn it is to be asked about; the next turn comes later each time. `old`: begun more than the
 * grace ago, so that no call is on its way to the provider.
 */
export async function takeDueAttempts(
  db: Queryable,
  {
    most,
    firstCheckSeconds,
    graceSeconds,
  }: { most: number; firstCheckSeconds: number; graceSeconds: number },
): Promise<DueAttempt[]> {
  const { rows } = await db.query<DueAttempt>(
    `update attempts a set checks = a.checks + 1,
       check_at = clock() + least(interval '5 minutes', make_interval(secs => $2 * power(2, least(a.checks, 10))))
     from (select id from attempts where check_at <= clock() order by check_at limit $1 for update skip locked) as due
     where a.id = due.id
     returning a.id, a.provider, a.deadline <= clock() as overdue,
       a.created_at <= clock() - make_interval(secs => $3) as old`,
    [most, firstCheckSeconds, graceSeconds],
  )
  return rows
}

/** Brings an attempt's next check forward, after a call whose end is unknown. */
export async function checkSoon(db: Queryable, attemptId: string): Promise<void> {
  await db.query(
    `update attempts set check_at = least(check_at, clock() + interval '2 seconds')
     where id = $1 and check_at is not null`,
    [attemptId],
  )
}
