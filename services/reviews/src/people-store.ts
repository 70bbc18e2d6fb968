import type { Queryable, Transaction } from '@marquee/kit/sql'

export type Known = { userId: string; version: number; handle: string; name: string; joinedAt: string }
export type Person = {
  userId: string
  handle: string
  name: string
  joinedAt: Temporal.Instant
  erased: boolean
}

const columns = `user_id as "userId", handle, name, joined_at as "joinedAt", erased`

export async function findPeople(db: Queryable, userIds: readonly string[]): Promise<Map<string, Person>> {
  if (userIds.length === 0) return new Map()
  const { rows } = await db.query<Person>(
    `select ${columns} from people where user_id = any($1::uuid[])`,
    [[...new Set(userIds)]],
    { name: 'reviews-find-people' },
  )
  return new Map(rows.map((row) => [row.userId, row]))
}

export async function findByHandle(db: Queryable, handle: string): Promise<Person | undefined> {
  const { rows } = await db.query<Person>(
    // While a handle changes hands both may have it here: whoever took it last counts.
    `select ${columns} from people where handle = $1 and not erased order by joined_at desc limit 1`,
    [handle],
    { name: 'reviews-by-handle' },
  )
  return rows[0]
}

/** Keeps what is newer than what we have; nothing is newer than an erasure. */
export async function keepPeople(db: Queryable, people: readonly Known[]): Promise<number> {
  const newest = new Map<string, Known>()
  for (const person of people)
    if ((newest.get(person.userId)?.version ?? -1) <= person.version) newest.set(person.userId, person)
  const { rowCount } = await db.query(
    `insert into people (user_id, version, handle, name, joined_at)
     select "userId", version, handle, name, "joinedAt" from jsonb_to_recordset($1::jsonb) as person
       ("userId" uuid, version int, handle text, name text, "joinedAt" timestamptz)
      order by 1
     on conflict (user_id) do update set version = excluded.version, handle = excluded.handle, name = excluded.name
     where people.version < excluded.version and not people.erased`,
    [JSON.stringify([...newest.values()])],
    { name: 'reviews-keep-people' },
  )
  return rowCount
}

/** A person's handle as it stands until the transaction ends. */
export async function lockHandle(tx: Transaction, userId: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ handle: string }>(
    'select handle from people where user_id = $1 for update',
    [userId],
  )
  return rows[0]?.handle
}

export async function erasePerson(tx: Transaction, userId: string): Promise<void> {
  await tx.query(
    `insert into people (user_id, version, handle, name, joined_at, erased) values ($1, 0, '', '', clock(), true)
     on conflict (user_id) do update set handle = '', name = '', erased = true`,
    [userId],
  )
}
