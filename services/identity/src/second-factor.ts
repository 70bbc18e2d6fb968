import type { Queryable, Transaction } from '@marquee/kit/sql'
import { Secret, TOTP } from 'otpauth'
import {
  confirmedFactors,
  confirmFactor,
  deleteFactor,
  type FactorRow,
  lockFactor,
  putFactor,
  setLastStep,
  takeRecoveryCode,
} from './factor-store.ts'
import { hashOf } from './secret-tokens.ts'

export type SecondFactor = ReturnType<typeof createSecondFactor>
type Deps = { secret: (bytes?: number) => string }

const stepSeconds = 30
const recoveryCodeCount = 10

/** A second factor: codes of an authenticator app (RFC 6238), each good once, and recovery codes. */
export function createSecondFactor({ secret }: Deps) {
  const totpOf = (key: string, email = '') =>
    new TOTP({ issuer: 'Marquee', label: email, secret: Secret.fromBase32(key), period: stepSeconds })

  /** Uses a code up; one step of the clock either way is forgiven. */
  async function use(tx: Transaction, userId: string, row: FactorRow, code: string): Promise<boolean> {
    const delta = totpOf(row.secret).validate({ token: code, timestamp: row.now * 1000, window: 1 })
    if (delta === null) return false
    const step = Math.floor(row.now / stepSeconds) + delta
    if (step <= row.last_step) return false
    await setLastStep(tx, userId, step)
    return true
  }

  return {
    async check(
      tx: Transaction,
      userId: string,
      code: string | undefined,
    ): Promise<'none' | 'needed' | 'right' | 'wrong'> {
      const row = await lockFactor(tx, userId)
      if (!row?.confirmed_at) return 'none'
      if (!code) return 'needed'
      if (/^\d{6}$/.test(code)) return (await use(tx, userId, row, code)) ? 'right' : 'wrong'
      return (await takeRecoveryCode(tx, userId, hashOf(code.toLowerCase()))) ? 'right' : 'wrong'
    },
    list: async (on: Queryable, userId: string) => ({ items: await confirmedFactors(on, userId) }),
    /** Begins anew; a confirmed factor stays until it is removed. */
    async start(tx: Transaction, user: { id: string; email: string }) {
      const row = await lockFactor(tx, user.id)
      if (row?.confirmed_at) return undefined
      const key = new Secret({ size: 20 }).base32
      await putFactor(tx, user.id, key)
      return { uri: totpOf(key, user.email).toString(), secret: key }
    },
    async confirm(tx: Transaction, userId: string, code: string): Promise<string[] | undefined> {
      const row = await lockFactor(tx, userId)
      if (!row || row.confirmed_at || !(await use(tx, userId, row, code))) return undefined
      const codes = Array.from({ length: recoveryCodeCount }, () =>
        secret(9)
          .toLowerCase()
          .replaceAll(/[^a-z0-9]/g, 'x')
          .slice(0, 10),
      )
      await confirmFactor(tx, userId, codes.map(hashOf))
      return codes
    },
    remove: deleteFactor,
  }
}
