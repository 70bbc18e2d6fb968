import type { Queryable, Transaction } from '@marquee/kit/sql'
import type { Idempotency } from './order-store.ts'

export type Remembered = {
  bodyHash: string
  orderId: string
  attemptId: string | null
  answer: unknown
  /** So lately that it may still be under way: a payment is given 20 seconds. */
  justAsked: boolean
}

/** What was done under an idempotency key within the last day. */
export async function findRequest(
  db: Queryable,
  { scope, key }: Idempotency,
): Promise<Remembered | undefined> {
  const { rows } = await db.query<Remembered>(
    `select body as "bodyHash", order_id as "orderId", attempt_id as "attemptId", answer,
            created_at > clock() - interval '20 seconds' as "justAsked" from requests
      where scope = $1 and key = $2 and created_at > clock() - interval '24 hours'`,
    [scope, key],
    { name: 'booking-find-request' },
  )
  return rows[0]
}

/** Commits a key with what it did; a second one with the same key fails on it. */
export async function rememberRequest(
  tx: Transaction,
  { scope, key, bodyHash }: Idempotency,
  { orderId, attemptId, answer }: { orderId: string; attemptId?: string; answer?: unknown },
): Promise<void> {
  await tx.query(
    `delete from requests where scope = $1 and key = $2 and created_at <= clock() - interval '24 hours'`,
    [scope, key],
  )
  await tx.query(
    `insert into requests (scope, key, body, order_id, attempt_id, answer, created_at)
     values ($1, $2, $3, $4, $5, $6, clock())`,
    [scope, key, bodyHash, orderId, attemptId ?? null, answer === undefined ? null : JSON.stringify(answer)],
  )
}

export async function rememberAnswer(
  db: Queryable,
  { scope, key }: Idempotency,
  answer: unknown,
): Promise<void> {
  await db.query('update requests set answer = $3 where scope = $1 and key = $2', [
    scope,
    key,
    JSON.stringify(answer),
  ])
}

export async function forgetOldRequests(db: Queryable): Promise<void> {
  await db.query(`delete from requests where created_at < clock() - interval '25 hours'`)
}
