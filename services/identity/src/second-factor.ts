import type { Queryable, Transaction } from '@marquee/kit/sql'
import { Secret, TOTP } from 'otpauth'
import { hashOf } from './secret-tokens.ts'

type FactorRow = {
  secret: string
  confirmed_at: Temporal.Instant | null
  created_at: Temporal.Instant
  last_step: number
  now: number
}
export type SecondFactor = ReturnType<typeof createSecondFactor>
type Deps = { secret: (bytes?: number) => string }

const stepSeconds = 30
const recoveryCodeCount = 10

/** A second factor: codes of an authenticator app (RFC 6238), each good once, and recovery codes. */
export function createSecondFactor({ secret }: Deps) {
  const totpOf = (key: string, email = '') =>
    new TOTP({ issuer: 'Marquee', label: email, secret: Secret.fromBase32(key), period: stepSeconds })

  async function lock(tx: Transaction, userId: string): Promise<FactorRow | undefined> {
    const { rows } = await tx.query<FactorRow>(
      'select secret, confirmed_at, created_at, last_step, extract(epoch from clock())::float8 as now from totp_factors where user_id = $1 for update',
      [userId],
    )
    return rows[0]
  }

  /** Uses a code up; one step of the clock either way is forgiven. */
  async function use(tx: Transaction, userId: string, row: FactorRow, code: string): Promise<boolean> {
    const delta = totpOf(row.secret).validate({ token: code, timestamp: row.now * 1000, window: 1 })
    if (delta === null) return false
    const step = Math.floor(row.now / stepSeconds) + delta
    if (step <= row.last_step) return false
    await tx.query('update totp_factors set last_step = $2 where user_id = $1', [userId, step])
    return true
  }

  return {
    async check(
      tx: Transaction,
      userId: string,
      code: string | undefined,
    ): Promise<'none' | 'needed' | 'right' | 'wrong'> {
      const row = await lock(tx, userId)
      if (!row?.confirmed_at) return 'none'
      if (!code) return 'needed'
      if (/^\d{6}$/.test(code)) return (await use(tx, userId, row, code)) ? 'right' : 'wrong'
      const { rowCount } = await tx.query('delete from recovery_codes where user_id = $1 and hash = $2', [
        userId,
        hashOf(code.toLowerCase()),
      ])
      return rowCount === 1 ? 'right' : 'wrong'
    },
    async list(on: Queryable, userId: string) {
      const { rows } = await on.query<{ confirmed_at: Temporal.Instant }>(
        'select confirmed_at from totp_factors where user_id = $1 and confirmed_at is not null',
        [userId],
      )
      return { items: rows.map((row) => ({ kind: 'totp' as const, addedAt: row.confirmed_at.toString() })) }
    },
    /** Begins anew; a confirmed factor stays until it is removed. */
    async start(tx: Transaction, user: { id: string; email: string }) {
      const row = await lock(tx, user.id)
      const key = row?.confirmed_at ? row.secret : new Secret({ size: 20 }).base32
      if (row?.confirmed_at) return undefined
      await tx.query(
        `insert into totp_factors (user_id, secret, created_at) values ($1, $2, clock())
         on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at, last_step = 0`,
        [user.id, key],
      )
      return { uri: totpOf(key, user.email).toString(), secret: key }
    },
    async confirm(tx: Transaction, userId: string, code: string): Promise<string[] | undefined> {
      const row = await lock(tx, userId)
      if (!row || row.confirmed_at || !(await use(tx, userId, row, code))) return undefined
      const codes = Array.from({ length: recoveryCodeCount }, () =>
        secret(9)
          .toLowerCase()
          .replaceAll(/[^a-z0-9]/g, 'x')
          .slice(0, 10),
      )
      await tx.query('update totp_factors set confirmed_at = clock() where user_id = $1', [userId])
      await tx.query('delete from recovery_codes where user_id = $1', [userId])
      await tx.query(
        'insert into recovery_codes (user_id, hash) select $1, unnest($2::bytea[]) on conflict do nothing',
        [userId, codes.map(hashOf)],
      )
      return codes
    },
    async remove(tx: Transaction, userId: string): Promise<void> {
      await tx.query('delete from recovery_codes where user_id = $1', [userId])
      await tx.query('delete from totp_factors where user_id = $1', [userId])
    },
  }
}
