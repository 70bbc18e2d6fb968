import type { Queryable, Transaction } from '@marquee/kit/sql'
import type { UserRow } from './user.ts'

const columns = 'id, email, name, handle, password_hash, admin, preferences, email_verified, version'

export async function findByEmail(on: Queryable, email: string): Promise<UserRow | undefined> {
  const { rows } = await on.query<UserRow>(
    `select ${columns} from users where lower(email) = lower($1)`,
    [email],
    { name: 'identity-by-email' },
  )
  return rows[0]
}

export async function findById(on: Queryable, id: string): Promise<UserRow | undefined> {
  const { rows } = await on.query<UserRow>(
    `select ${columns} from users where id = $1 and erased_at is null`,
    [id],
    { name: 'identity-by-id' },
  )
  return rows[0]
}

export async function lockById(tx: Transaction, id: string): Promise<UserRow | undefined> {
  const { rows } = await tx.query<UserRow>(
    `select ${columns} from users where id = $1 and erased_at is null for update`,
    [id],
  )
  return rows[0]
}

export type NewUser = {
  id: string
  email: string
  name: string
  handle: string
  passwordHash: string
  admin: boolean
  verified: boolean
}

/** Answers whether the account is new; an address or handle that is taken changes nothing. */
export async function insertUser(tx: Transaction, user: NewUser): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into users (id, email, name, handle, password_hash, admin, email_verified) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing`,
    [user.id, user.email, user.name, user.handle, user.passwordHash, user.admin, user.verified],
  )
  return rowCount === 1
}

export async function setPassword(tx: Transaction, userId: string, passwordHash: string): Promise<void> {
  await tx.query('update users set password_hash = $2, version = version + 1 where id = $1', [
    userId,
    passwordHash,
  ])
}

export async function setVerified(tx: Transaction, userId: string): Promise<void> {
  await tx.query('update users set email_verified = true, version = version + 1 where id = $1', [userId])
}

export type UserChange = { name?: string; handle?: string; preferences?: Record<string, unknown> }

export async function updateUser(tx: Transaction, userId: string, change: UserChange): Promise<void> {
  await tx.query(
    `update users set name = coalesce($2, name), handle = coalesce($3, handle), preferences = preferences || $4::jsonb, version = version + 1
      where id = $1`,
    [userId, change.name ?? null, change.handle ?? null, JSON.stringify(change.preferences ?? {})],
  )
}

/** Nothing of the person stays but the id, which books elsewhere refer to. */
export async function eraseUser(tx: Transaction, userId: string): Promise<void> {
  for (const table of ['recovery_codes', 'totp_factors', 'one_time_tokens', 'theater_people'])
    await tx.query(`delete from ${table} where user_id = $1`, [userId])
  await tx.query(
    `update users set email = null, name = '', handle = 'erased_' || replace(id::text, '-', ''), password_hash = null, preferences = '{}',
            admin = false, email_verified = false, erased_at = clock(), version = version + 1 where id = $1`,
    [userId],
  )
}
