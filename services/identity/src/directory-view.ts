import type { Database } from '@marquee/kit/sql'

type Person = { id: string; email: string; name: string; handle: string }

/** Names and addresses for other services. */
export async function findPeople(
  db: Database,
  ids: readonly string[],
  emails: readonly string[],
): Promise<Person[]> {
  const { rows } = await db.query<Person>(
    'select id, email, name, handle from users where erased_at is null and (id = any($1::uuid[]) or lower(email) = any($2::text[]))',
    [ids, emails.map((email) => email.toLowerCase())],
  )
  return rows
}

/** Everybody who is not erased, in the order of their ids. */
export async function copyPeople(db: Database, after: string | undefined, limit: number) {
  const { rows } = await db.query<{
    id: string
    version: number
    name: string
    handle: string
    created_at: Temporal.Instant
  }>(
    `select id, version, name, handle, created_at from users
      where erased_at is null and ($1::uuid is null or id > $1::uuid) order by id limit $2`,
    [after ?? null, limit],
  )
  return rows.map(({ created_at, ...person }) => ({ ...person, joinedAt: created_at.toString() }))
}

// A lower position can commit after a higher one, so the newest are told again for a while.
const toldAgain = 200

/** Sessions that ended after a point, as far back as a token may live. */
export async function listRevocations(db: Database, after: number) {
  const { rows } = await db.query<{ position: number; session_id: string }>(
    `select position, session_id from revocations
      where position > $1 - ${toldAgain} and ended_at > clock() - interval '75 minutes' order by position`,
    [after],
    { name: 'identity-revocations' },
  )
  return {
    items: rows.map((row) => ({ sessionId: row.session_id })),
    last: Math.max(after, rows.at(-1)?.position ?? 0),
  }
}
