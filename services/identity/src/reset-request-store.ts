import type { Database, Transaction } from '@marquee/kit/sql'

export type ResetRequest = { id: string; subject: string; email: string }

/** The same write for every address; who it belongs to is nobody's question yet. */
export async function insertResetRequest(db: Database, request: ResetRequest): Promise<void> {
  await db.query(
    'insert into reset_requests (id, subject, email, asked_at) values ($1, $2, lower($3), clock())',
    [request.id, request.subject, request.email],
  )
}

/** The oldest that wait, locked; an instance that works on some does not hold up another. */
export async function lockWaiting(tx: Transaction, atMost: number): Promise<ResetRequest[]> {
  const { rows } = await tx.query<ResetRequest>(
    'select id, subject, email from reset_requests where email is not null order by asked_at, id limit $1 for update skip locked',
    [atMost],
  )
  return rows
}

/** Mails of the last hour to one address; whoever counts for it does so one after the other. */
export async function countMailed(tx: Transaction, subject: string): Promise<number> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('identity.reset.' || $1, 0))", [subject])
  const { rows } = await tx.query<{ mails: number }>(
    "select count(*)::int as mails from reset_requests where subject = $1 and mailed_at > clock() - interval '1 hour'",
    [subject],
  )
  return rows[0]?.mails ?? 0
}

/** Counts a mail that nobody's request for a link led to. */
export async function noteMailed(tx: Transaction, id: string, subject: string): Promise<void> {
  await tx.query(
    'insert into reset_requests (id, subject, asked_at, mailed_at) values ($1, $2, clock(), clock())',
    [id, subject],
  )
}

export async function settleRequest(tx: Transaction, id: string, isMailed: boolean): Promise<void> {
  await tx.query(
    'update reset_requests set email = null, mailed_at = case when $2 then clock() end where id = $1',
    [id, isMailed],
  )
}

/** Counted no more. */
export async function forgetRequests(tx: Transaction): Promise<void> {
  await tx.query(
    "delete from reset_requests where email is null and coalesce(mailed_at, asked_at) < clock() - interval '1 hour'",
  )
}

export async function forgetRequestsOf(tx: Transaction, subjects: readonly string[]): Promise<void> {
  await tx.query('delete from reset_requests where subject = any($1)', [subjects])
}
