import type { Queryable, Reading } from '@marquee/kit/sql'
import { commentTitle } from './templates/notices.ts'

export type NotificationRow = {
  id: string
  kind: string
  title: string
  body: string
  link: string | null
  created_at: Temporal.Instant
  read_at: Temporal.Instant | null
}
export type NewNotification = {
  id: string
  userId: string
  source: string
  kind: string
  title: string
  body: string
  link: string | null
  /** Whom it names besides. */
  aboutUserId?: string | undefined
  /** Minutes until it is there; none unless told. */
  inMinutes?: number
}
export type Preferences = { email: boolean; inApp: boolean }

const everything: Preferences = { email: true, inApp: true }

/** Tells a person once, now or later, unless they do not want to be told here; answers whether it was not told before. */
export async function tell(on: Queryable, told: NewNotification): Promise<boolean> {
  const { inMinutes = 0 } = told
  const { rowCount } = await on.query(
    `insert into notifications (id, user_id, source, kind, title, body, link, created_at, about_user_id)
     select $1, $2, $3, $4, $5, $6, $7, clock() + make_interval(mins => $8), $9
      where not exists (select 1 from preferences where user_id = $2 and not in_app)
     on conflict (source) do nothing`,
    [
      madeLater(told.id, inMinutes),
      told.userId,
      told.source,
      told.kind,
      told.title,
      told.body,
      told.link,
      inMinutes,
      told.aboutUserId ?? null,
    ],
  )
  return rowCount === 1
}

/** An id as if it were made later, so that the order of ids stays that of time. */
function madeLater(id: string, minutes: number): string {
  const milliseconds = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) + minutes * 60_000
  const hex = milliseconds.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}${id.slice(13)}`
}

/** Takes back that people will be asked to rate these films, as far as they are not asked yet. */
export async function withdrawInvitations(
  on: Queryable,
  rated: readonly { userId: string; link: string }[],
): Promise<void> {
  await on.query(
    `delete from notifications n using jsonb_to_recordset($1::jsonb) as g ("userId" uuid, link text)
      where n.user_id = g."userId" and n.read_at is null and n.kind = 'rate-film' and n.link = g.link
        and n.created_at > (select clock())`,
    [JSON.stringify(rated)],
    { name: 'notifications-withdraw' },
  )
}

/** Takes a person's name out of what others were told of them. */
export async function forgetName(on: Queryable, userId: string): Promise<void> {
  await on.query(
    `update notifications set title = $2, about_user_id = null
      where about_user_id = $1 and kind = 'review-commented'`,
    [userId, commentTitle('')],
  )
}

export async function listNotifications(
  on: Reading,
  userId: string,
  wish: { cursor?: string; limit: number },
): Promise<NotificationRow[]> {
  const { rows } = await on.query<NotificationRow>(
    `select id, kind, title, body, link, created_at, read_at from notifications
      where user_id = $1 and ($2::uuid is null or id < $2) and created_at <= (select clock())
      order by id desc limit $3`,
    [userId, wish.cursor ?? null, wish.limit + 1],
  )
  return rows
}

export async function countUnread(on: Reading, userId: string): Promise<number> {
  const { rows } = await on.query<{ count: number }>(
    `select count(*) as count from notifications
      where user_id = $1 and read_at is null and created_at <= (select clock())`,
    [userId],
  )
  return rows[0]?.count ?? 0
}

/** Answers whether there is such a notification of theirs. */
export async function markRead(on: Queryable, userId: string, id: string): Promise<boolean> {
  const { rowCount } = await on.query(
    'update notifications set read_at = coalesce(read_at, clock()) where id = $1 and user_id = $2',
    [id, userId],
  )
  return rowCount === 1
}

export async function markAllRead(on: Queryable, userId: string): Promise<void> {
  await on.query(
    `update notifications set read_at = clock()
      where user_id = $1 and read_at is null and created_at <= (select clock())`,
    [userId],
  )
}

export async function readPreferences(on: Queryable, userId: string): Promise<Preferences> {
  const { rows } = await on.query<Preferences>(
    'select email, in_app as "inApp" from preferences where user_id = $1',
    [userId],
  )
  return rows[0] ?? everything
}

export async function writePreferences(
  on: Queryable,
  userId: string,
  { email, inApp }: Preferences,
): Promise<void> {
  await on.query(
    `insert into preferences (user_id, email, in_app) values ($1, $2, $3)
     on conflict (user_id) do update set email = excluded.email, in_app = excluded.in_app`,
    [userId, email, inApp],
  )
}
