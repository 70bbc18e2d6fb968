import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** Passwords by role, kept in one file that only its owner can read. */
export type Secrets = {
  get(role: string): string | undefined
  /** The kept password, or a fresh one that is kept from now on. */
  ensure(role: string): string
}

/** Opens (or starts) the file of passwords. */
export function openSecrets(file: string): Secrets {
  const read = (): Record<string, string> => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
      throw error
    }
  }
  return {
    get: (role) => read()[role],
    ensure(role) {
      const known = read()
      const kept = known[role]
      if (kept) return kept
      const password = randomBytes(24).toString('base64url')
      const draft = `${file}.${process.pid}`
      writeFileSync(draft, `${JSON.stringify({ ...known, [role]: password }, null, 2)}\n`, { mode: 0o600 })
      renameSync(draft, file)
      return password
    },
  }
}
