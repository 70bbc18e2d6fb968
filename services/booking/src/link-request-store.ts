import { createHash } from 'node:crypto'
import type { Database, Transaction } from '@marquee/kit/sql'

export type LinkRequest = { id: string; subject: string; email: string }

/** The same write for every address; whether it has orders is nobody's question yet. */
export async function insertLinkRequest(db: Database, { id, email }: { id: string; email: string }) {
  await db.query('insert into link_requests (id, subject, email, asked_at) values ($1, $2, $3, clock())', [
    id,
    createHash('sha256').update(email.toLowerCase()).digest('base64url'),
    email,
  ])
}

/** The oldest that wait, locked; an instance that works on some does not hold up another. */
export async function lockWaitingRequests(tx: Transaction, most: number): Promise<LinkRequest[]> {
  const { rows } = await tx.query<LinkRequest>(
    `select id, subject, email from link_requests where email is not null
      order by asked_at, id limit $1 for update skip locked`,
    [most],
  )
  return rows
}

/** Mails of the last hour to one address; whoever counts for it does so one after the other. */
export async function countMailedLinks(tx: Transaction, subject: string): Promise<number> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('booking.links.' || $1, 0))", [subject])
  const { rows } = await tx.query<{ mails: number }>(
    `select count(*)::int as mails from link_requests
      where subject = $1 and mailed_at > clock() - interval '1 hour'`,
    [subject],
  )
  return rows[0]?.mails ?? 0
}

export async function settleLinkRequest(tx: Transaction, id: string, isMailed: boolean): Promise<void> {
  await tx.query(
    'update link_requests set email = null, mailed_at = case when $2 then clock() end where id = $1',
    [id, isMailed],
  )
}

/** Those that count no more. */
export async function forgetLinkRequests(db: Database): Promise<void> {
  await db.query(
    "delete from link_requests where email is null and coalesce(mailed_at, asked_at) < clock() - interval '1 hour'",
  )
}
