import type { Queryable, Transaction } from '@marquee/kit/sql'

export type RefreshRow = {
  session_id: string
  user_id: string
  ended: boolean
  expired: boolean
  replaced: boolean
  in_grace: boolean
  sealed_successor: Buffer | null
}

export async function insertSession(tx: Transaction, id: string, userId: string): Promise<void> {
  await tx.query('insert into sessions (id, user_id, created_at) values ($1, $2, clock())', [id, userId])
}

export async function insertRefreshToken(
  tx: Transaction,
  token: { hash: Buffer; sessionId: string; days: number },
): Promise<void> {
  await tx.query(
    'insert into refresh_tokens (hash, session_id, expires_at) values ($1, $2, clock() + make_interval(days => $3))',
    [token.hash, token.sessionId, token.days],
  )
}

/** Locks the session first, so that two uses of one token are judged one after the other. */
export async function lockRefreshToken(
  tx: Transaction,
  hash: Buffer,
  graceSeconds: number,
): Promise<RefreshRow | undefined> {
  await tx.query(
    'select 1 from sessions where id = (select session_id from refresh_tokens where hash = $1) for update',
    [hash],
  )
  const { rows } = await tx.query<RefreshRow>(
    `select t.session_id, s.user_id, s.ended_at is not null as ended, t.expires_at <= clock() as expired, t.replaced_at is not null as replaced,
            coalesce(t.replaced_at > clock() - make_interval(secs => $2), false) as in_grace, t.sealed_successor
       from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = $1`,
    [hash, graceSeconds],
  )
  return rows[0]
}

export async function replaceRefreshToken(tx: Transaction, hash: Buffer, sealed: Buffer): Promise<void> {
  await tx.query('update refresh_tokens set replaced_at = clock(), sealed_successor = $2 where hash = $1', [
    hash,
    sealed,
  ])
}

export async function sessionOf(tx: Transaction, refreshHash: Buffer): Promise<string | undefined> {
  const { rows } = await tx.query<{ session_id: string }>(
    'select session_id from refresh_tokens where hash = $1',
    [refreshHash],
  )
  return rows[0]?.session_id
}

/** Since when somebody is logged in where they still are. */
export async function openSessionsOf(on: Queryable, userId: string): Promise<{ since: string }[]> {
  const { rows } = await on.query<{ created_at: Temporal.Instant }>(
    'select created_at from sessions where user_id = $1 and ended_at is null order by created_at',
    [userId],
  )
  return rows.map((one) => ({ since: one.created_at.toString() }))
}

/** A successor that may no longer be given rests nowhere, not even sealed. */
export async function forgetSuccessors(tx: Transaction, graceSeconds: number): Promise<void> {
  await tx.query(
    'update refresh_tokens set sealed_successor = null where sealed_successor is not null and replaced_at <= clock() - make_interval(secs => $1)',
    [graceSeconds],
  )
}

// What a token says is no UUID for certain; PostgreSQL would take offence.
const asUuid = (id: string | undefined) =>
  id && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : null

/** Ends sessions and puts them where gateways look for what ended. Gives those that were open. */
export async function endOpenSessions(
  tx: Transaction,
  which: { sessionId: string } | { userId: string; except?: string },
): Promise<string[]> {
  const { rows } =
    'sessionId' in which
      ? await tx.query<{ id: string }>(
          'update sessions set ended_at = clock() where id = $1 and ended_at is null returning id',
          [asUuid(which.sessionId)],
        )
      : await tx.query<{ id: string }>(
          'update sessions set ended_at = clock() where user_id = $1 and ended_at is null and id is distinct from $2 returning id',
          [which.userId, asUuid(which.except)],
        )
  const ended = rows.map((row) => row.id)
  if (ended.length === 0) return []
  await tx.query(
    'insert into revocations (session_id, ended_at) select id, clock() from unnest($1::uuid[]) as id',
    [ended],
  )
  return ended
}

/** What no token can refer to any more. */
export async function forgetOldSessions(tx: Transaction): Promise<void> {
  await tx.query("delete from revocations where ended_at < clock() - interval '2 hours'")
  // Replaced ones stay until their own time is over: whoever comes back with one after weeks tells of a theft.
  await tx.query('delete from refresh_tokens where expires_at < clock()')
  await tx.query(
    "delete from sessions s where ended_at < clock() - interval '7 days' or not exists (select 1 from refresh_tokens t where t.session_id = s.id)",
  )
  await tx.query("delete from login_failures where last_at < clock() - interval '1 day'")
  await tx.query('delete from one_time_tokens where expires_at < clock()')
}
