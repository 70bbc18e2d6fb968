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

type Request = { idempotency: Idempotency; orderId: string; attemptId?: string; answer?: unknown }

/** Commits keys with what they did; a second one with the same key fails on it. */
export async function rememberRequests(tx: Transaction, requests: readonly Request[]): Promise<void> {
  if (requests.length === 0) return
  const scopes = requests.map(({ idempotency }) => idempotency.scope)
  const keys = requests.map(({ idempotency }) => idempotency.key)
  await Promise.all([
    tx.query(
      `delete from requests r using unnest($1::text[], $2::text[]) as k(scope, key)
        where r.scope = k.scope and r.key = k.key and r.created_at <= clock() - interval '24 hours'`,
      [scopes, keys],
      { name: 'booking-forget-stale-requests' },
    ),
    tx.query(
      `insert into requests (scope, key, body, order_id, attempt_id, answer, created_at)
       select scope, key, body, order_id, attempt_id, answer, clock()
         from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::json[])
           as r(scope, key, body, order_id, attempt_id, answer)`,
      [
        scopes,
        keys,
        requests.map(({ idempotency }) => idempotency.bodyHash),
        requests.map(({ orderId }) => orderId),
        requests.map(({ attemptId }) => attemptId ?? null),
        requests.map(({ answer }) => (answer === undefined ? null : JSON.stringify(answer))),
      ],
      { name: 'booking-remember-requests' },
    ),
  ])
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
  await db.query(`delete from requests where created_at < (select clock()) - interval '25 hours'`)
}
