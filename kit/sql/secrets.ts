import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

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
  return { get: (role) => read()[role], ensure }

  function ensure(role: string): string {
    const isFirst = !existsSync(file)
    const known = read()
    const kept = known[role]
    if (kept) return kept
    const password = randomBytes(24).toString('base64url')
    const draft = `${file}.${randomBytes(6).toString('hex')}`
    writeFileSync(draft, `${JSON.stringify({ ...known, [role]: password }, null, 2)}\n`, { mode: 0o600 })
    try {
      // Of two first starts at the same moment one makes the file, and both use what it holds.
      if (isFirst) linkSync(draft, file)
      else renameSync(draft, file)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      return ensure(role)
    } finally {
      rmSync(draft, { force: true })
    }
    return password
  }
}
