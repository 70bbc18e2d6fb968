import type { Queryable, Transaction } from '@marquee/kit/sql'
import type { Attempt } from './attempt-store.ts'

export type Refund = {
  id: string
  attemptId: string
  orderId: string | null
  ticketId: string | null
  amount: number
  currency: string
  status: 'pending' | 'done'
  /** Found in the provider's book; nobody here asked for it yet. */
  stray: boolean
}
export type NewRefund = {
  id: string
  attempt: Pick<Attempt, 'id' | 'orderId'>
  ticketId: string | null
  amount: number
  currency: string
}

const columns = `r.id, r.attempt_id as "attemptId", r.order_id as "orderId", r.ticket_id as "ticketId", r.amount,
  r.currency, r.status, r.stray`

export async function insertRefunds(tx: Transaction, refunds: readonly NewRefund[]): Promise<void> {
  if (refunds.length === 0) return
  await tx.query(
    `insert into refunds (id, attempt_id, order_id, ticket_id, amount, currency, created_at, try_at)
     select id, attempt_id, order_id, ticket_id, amount, currency, clock(), clock()
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[])
       as n(id, attempt_id, order_id, ticket_id, amount, currency)`,
    [
      refunds.map(({ id }) => id),
      refunds.map(({ attempt }) => attempt.id),
      refunds.map(({ attempt }) => attempt.orderId),
      refunds.map(({ ticketId }) => ticketId),
      refunds.map(({ amount }) => amount),
      refunds.map(({ currency }) => currency),
    ],
  )
}

export async function refundsOf(tx: Transaction, attemptId: string): Promise<Refund[]> {
  const { rows } = await tx.query<Refund>(`select ${columns} from refunds r where attempt_id = $1`, [
    attemptId,
  ])
  return rows
}

export async function insertStrayRefund(
  tx: Transaction,
  stray: Omit<NewRefund, 'ticketId'> & { providerId: string },
): Promise<void> {
  await tx.query(
    `insert into refunds (id, attempt_id, order_id, amount, currency, provider_id, stray, status, created_at, done_at)
     values ($1, $2, $3, $4, $5, $6, true, 'done', clock(), clock())`,
    [stray.id, stray.attempt.id, stray.attempt.orderId, stray.amount, stray.currency, stray.providerId],
  )
}

/** From now on these stray refunds are the ones of these tickets. */
export async function giveStrays(
  tx: Transaction,
  given: readonly { strayId: string; ticketId: string }[],
): Promise<void> {
  if (given.length === 0) return
  await tx.query(
    `update refunds r set ticket_id = n.ticket_id, stray = false
     from unnest($1::uuid[], $2::uuid[]) as n(id, ticket_id) where r.id = n.id`,
    [given.map(({ strayId }) => strayId), given.map(({ ticketId }) => ticketId)],
  )
}

/** Less is still to be given back; asks for it soon. */
export async function lowerRefund(
  tx: Transaction,
  { refundId, by }: { refundId: string; by: number },
): Promise<void> {
  await tx.query(
    `update refunds set amount = amount - $2, try_at = clock() where id = $1 and status = 'pending'`,
    [refundId, by],
  )
}

export type DueRefund = Refund & { provider: string; captureId: string; tries: number }

/** Refunds whose turn it is; the next turn comes later each time, so that a crash only delays one. */
export async function takeDueRefunds(db: Queryable, most: number): Promise<DueRefund[]> {
  const { rows } = await db.query<DueRefund>(
    `update refunds r set tries = r.tries + 1,
       try_at = clock() + least(interval '1 hour', make_interval(secs => 15 * power(2, least(r.tries, 10))))
     from attempts a, (
       select id from refunds where status = 'pending' and try_at <= clock()
       order by try_at limit $1 for update skip locked) as due
     where r.id = due.id and a.id = r.attempt_id
     returning ${columns}, r.tries, a.provider, a.provider_id as "captureId"`,
    [most],
  )
  return rows
}

/** Locks the pending ones among refunds, in id order, and ends them; answers those that ended now. */
export async function endRefunds(
  tx: Transaction,
  ended: readonly { refundId: string; providerId: string }[],
): Promise<(Refund & { provider: string })[]> {
  const { rows } = await tx.query<Refund & { provider: string }>(
    `with locked as (
       select id from refunds where id = any($1::uuid[]) and status = 'pending' order by id for update)
     update refunds r set status = 'done', done_at = clock(), provider_id = n.provider_id, try_at = null, last_error = null
     from locked, attempts a, unnest($1::uuid[], $2::text[]) as n(id, provider_id)
     where r.id = locked.id and n.id = r.id and a.id = r.attempt_id
     returning ${columns}, a.provider`,
    [ended.map(({ refundId }) => refundId), ended.map(({ providerId }) => providerId)],
  )
  return rows
}

export async function noteRefundError(db: Queryable, refundId: string, reason: string): Promise<void> {
  await db.query(`update refunds set last_error = $2 where id = $1 and status = 'pending'`, [
    refundId,
    reason,
  ])
}
