import type { Queryable, Transaction } from '@marquee/kit/sql'
import { forgetName } from './notification-store.ts'

export type MailKind =
  | 'order-confirmed'
  | 'order-refunded'
  | 'order-show-moved'
  | 'order-links'
  | 'verify-email'
  | 'reset-password'
  | 'password-changed'
  | 'email-already-registered'
export type MailRow = {
  id: string
  message_id: string
  kind: MailKind
  payload: Record<string, unknown>
  user_id: string | null
  to_address: string | null
  subject: string | null
  status: 'queued' | 'sent' | 'kept' | 'failed'
  attempts: number
  created_at: Temporal.Instant
}
export type NewMail = {
  id: string
  messageId: string
  kind: MailKind
  payload: Record<string, unknown>
  userId?: string
  to?: string
}

const columns = 'id, message_id, kind, payload, user_id, to_address, subject, status, attempts, created_at'

/** Queues mails once each, however often they are asked for. */
export async function queueMails(on: Queryable, mails: readonly NewMail[]): Promise<void> {
  await on.query(
    `insert into mails (id, message_id, kind, payload, user_id, to_address, next_try_at, created_at)
     select id, message_id, kind, payload, user_id, to_address, clock(), clock()
       from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::uuid[], $6::text[])
         as m(id, message_id, kind, payload, user_id, to_address)
     on conflict (message_id) do nothing`,
    [
      mails.map(({ id }) => id),
      mails.map(({ messageId }) => messageId),
      mails.map(({ kind }) => kind),
      mails.map(({ payload }) => JSON.stringify(payload)),
      mails.map(({ userId }) => userId ?? null),
      mails.map(({ to }) => to ?? null),
    ],
    { name: 'notifications-queue-mails' },
  )
}

export const queueMail = (on: Queryable, mail: NewMail): Promise<void> => queueMails(on, [mail])

const leaseMinutes = 2

/** Takes mails that are due, for two minutes; a sender that dies leaves them to the next. */
export async function takeDue(on: Queryable, limit: number): Promise<MailRow[]> {
  const { rows } = await on.query<MailRow>(
    `update mails set attempts = attempts + 1, next_try_at = clock() + interval '${leaseMinutes} minutes'
      where id in (select id from mails where status = 'queued' and next_try_at <= clock() order by next_try_at limit $1 for update skip locked)
      returning ${columns}`,
    [limit],
    { name: 'notifications-take-due' },
  )
  return rows
}

export async function findMail(on: Queryable, id: string): Promise<MailRow | undefined> {
  const { rows } = await on.query<MailRow>(`select ${columns} from mails where id = $1`, [id])
  return rows[0]
}

export type Settled = {
  id: string
  status: 'sent' | 'kept' | 'failed'
  /** Empties what it was made from, however it ended. */
  forget: boolean
  to?: string
  subject?: string
  userId?: string | null
  reason?: string
}

/** What became of a mail; one that went out keeps nothing it was made from. */
export async function settleMail(
  on: Queryable,
  { id, status, forget, to, subject, userId, reason }: Settled,
): Promise<void> {
  await on.query(
    `update mails set status = $2::text, to_address = coalesce($3, to_address), subject = coalesce($4, subject),
            user_id = coalesce($5::uuid, user_id), last_error = $6, settled_at = clock(),
            payload = case when $2::text = 'sent' or $7 then '{}'::jsonb else payload end
      where id = $1 and status = 'queued'`,
    [id, status, to ?? null, subject ?? null, userId ?? null, reason ? keptReason(reason) : null, forget],
    { name: 'notifications-settle-mail' },
  )
}

// Mail servers answer with the address they refuse; whose it is may be erased later, and then nothing would find it here.
const keptReason = (reason: string): string =>
  reason
    .slice(0, 1000)
    .replaceAll(/\S+@\S+/g, '<…>')
    .slice(0, 500)

const longestPauseSeconds = 3600

export type Delay = {
  id: string
  reason: string
  giveUpDays: number
  /** Whether it got as far as the mail server. */
  tried: boolean
}

/** Tries again after seconds, minutes, at most an hour; gives up after days, and keeps nothing it was made from. */
export async function tryLater(on: Queryable, { id, reason, giveUpDays, tried }: Delay): Promise<void> {
  await on.query(
    `update mails set last_error = $2,
            status = case when created_at < since then 'failed' else status end,
            settled_at = case when created_at < since then clock() end,
            payload = case when created_at < since then '{}'::jsonb else payload end,
            next_try_at = clock() + $4 * make_interval(secs => least(${longestPauseSeconds}, 5 * power(2, least(attempts, 12))))
       from (select clock() - make_interval(days => $3) as since) as patience
      where id = $1 and status = 'queued'`,
    // Sooner than those it waited for: were they first again, a few refused addresses would keep everybody's mails.
    [id, keptReason(reason), giveUpDays, tried ? 1 : 0.5],
  )
}

/** Whether somebody was erased. */
export async function wasErased(on: Queryable, userId: string): Promise<boolean> {
  const { rowCount } = await on.query('select from erased_people where user_id = $1', [userId])
  return rowCount > 0
}

/** The same, and an erasure that comes meanwhile waits for this transaction. */
export async function isErased(tx: Transaction, userId: string): Promise<boolean> {
  await tx.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [userId])
  return wasErased(tx, userId)
}

/** A person's mails, and what else went to their address, lose whom they went to and what they said; notices their name. */
export async function forgetPerson(on: Transaction, userId: string): Promise<void> {
  await on.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [userId])
  await on.query('insert into erased_people (user_id) values ($1) on conflict do nothing', [userId])
  await on.query(
    `update mails set to_address = null, subject = null, payload = '{}', user_id = null, last_error = null,
            status = case when status = 'queued' then 'failed' else status end
      where user_id = $1 or lower(to_address) in (select lower(to_address) from mails where user_id = $1)`,
    [userId],
  )
  await on.query('delete from notifications where user_id = $1', [userId])
  await forgetName(on, userId)
  await on.query('delete from preferences where user_id = $1', [userId])
}
