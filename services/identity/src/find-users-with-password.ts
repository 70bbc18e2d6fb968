import type { Database } from '@marquee/kit/sql'
import type { PasswordHashing } from './password-hashing.ts'
import { findByEmail } from './user-store.ts'

type Deps = { db: Database; hashing: PasswordHashing }

/** Those of the addresses that have an account with this password. */
export function createFindUsersWithPassword({ db, hashing }: Deps) {
  return async (emails: readonly string[], password: string): Promise<string[]> => {
    const found = await Promise.all(
      emails.map(async (email) => {
        const user = await findByEmail(db, email)
        return user && (await hashing.verify(user.password_hash, password)) ? [email] : []
      }),
    )
    return found.flat()
  }
}
