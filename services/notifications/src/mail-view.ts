import type { Queryable } from '@marquee/kit/sql'
import type { MailRow } from './mail-store.ts'

/** Newest mails, a page at a time; the cursor is the last one's id, and ids are in time's order. */
export async function listMails(
  on: Queryable,
  wish: { to?: string; cursor?: string; limit: number },
): Promise<MailRow[]> {
  const { rows } = await on.query<MailRow>(
    `select id, message_id, kind, payload, user_id, to_address, subject, status, attempts, created_at from mails
      where ($1::text is null or lower(to_address) = lower($1)) and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [wish.to ?? null, wish.cursor ?? null, wish.limit + 1],
  )
  return rows
}

/** Mails by status. */
export async function countMails(on: Queryable) {
  const { rows } = await on.query<{ status: MailRow['status']; count: number }>(
    'select status, count(*) as count from mails group by status',
  )
  const figures = { queued: 0, sent: 0, kept: 0, failed: 0 }
  for (const { status, count } of rows) figures[status] = count
  return figures
}
