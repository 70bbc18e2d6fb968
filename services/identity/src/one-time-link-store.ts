import type { Transaction } from '@marquee/kit/sql'

type Link = { hash: Buffer; userId: string; kind: string; minutes: number }

/** Ends older links of the kind, but none that was mailed within the last minute: it may be under somebody's finger. */
export async function insertLink(tx: Transaction, { hash, userId, kind, minutes }: Link): Promise<void> {
  await tx.query(
    "delete from one_time_tokens where user_id = $1 and kind = $2 and created_at <= clock() - interval '1 minute'",
    [userId, kind],
  )
  await tx.query(
    `insert into one_time_tokens (hash, user_id, kind, created_at, expires_at)
     values ($1, $2, $3, clock(), clock() + make_interval(mins => $4))`,
    [hash, userId, kind, minutes],
  )
}

/** Uses a link up, and with it every other of its kind; answers whose it was. */
export async function takeLink(tx: Transaction, hash: Buffer, kind: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ user_id: string }>(
    'delete from one_time_tokens where hash = $1 and kind = $2 and expires_at > clock() returning user_id',
    [hash, kind],
  )
  const userId = rows[0]?.user_id
  if (userId) await endLinks(tx, userId, kind)
  return userId
}

export async function endLinks(tx: Transaction, userId: string, kind: string): Promise<void> {
  await tx.query('delete from one_time_tokens where user_id = $1 and kind = $2', [userId, kind])
}
