import type { Queryable, Transaction } from '@marquee/kit/sql'

export type FactorRow = {
  secret: string
  confirmed_at: Temporal.Instant | null
  last_step: number
  /** Seconds since 1970, by the clock of record. */
  now: number
}

export async function lockFactor(tx: Transaction, userId: string): Promise<FactorRow | undefined> {
  const { rows } = await tx.query<FactorRow>(
    'select secret, confirmed_at, last_step, extract(epoch from clock())::float8 as now from totp_factors where user_id = $1 for update',
    [userId],
  )
  return rows[0]
}

/** Begins anew with another secret. */
export async function putFactor(tx: Transaction, userId: string, secret: string): Promise<void> {
  await tx.query(
    `insert into totp_factors (user_id, secret, created_at) values ($1, $2, clock())
     on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0`,
    [userId, secret],
  )
}

/** The newest time step a code was used of. */
export async function setLastStep(tx: Transaction, userId: string, step: number): Promise<void> {
  await tx.query('update totp_factors set last_step = $2 where user_id = $1', [userId, step])
}

export async function confirmFactor(
  tx: Transaction,
  userId: string,
  recoveryHashes: readonly Buffer[],
): Promise<void> {
  await tx.query('update totp_factors set confirmed_at = clock() where user_id = $1', [userId])
  await tx.query('delete from recovery_codes where user_id = $1', [userId])
  await tx.query(
    'insert into recovery_codes (user_id, hash) select $1, unnest($2::bytea[]) on conflict do nothing',
    [userId, recoveryHashes],
  )
}

/** Answers whether there was such a code. */
export async function takeRecoveryCode(tx: Transaction, userId: string, hash: Buffer): Promise<boolean> {
  const { rowCount } = await tx.query('delete from recovery_codes where user_id = $1 and hash = $2', [
    userId,
    hash,
  ])
  return rowCount === 1
}

export async function deleteFactor(tx: Transaction, userId: string): Promise<void> {
  await tx.query('delete from recovery_codes where user_id = $1', [userId])
  await tx.query('delete from totp_factors where user_id = $1', [userId])
}

/** Those that are asked for. */
export async function confirmedFactors(on: Queryable, userId: string) {
  const { rows } = await on.query<{ confirmed_at: Temporal.Instant }>(
    'select confirmed_at from totp_factors where user_id = $1 and confirmed_at is not null',
    [userId],
  )
  return rows.map((row) => ({ kind: 'totp' as const, addedAt: row.confirmed_at.toString() }))
}
