import { userRegistered } from '@marquee/contracts/identity'
import type { Publisher } from '@marquee/kit/events'
import type { Ids } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import type { PasswordHashing } from './password-hashing.ts'
import { findByEmail, insertUser } from './user-store.ts'

type Deps = { db: Database; hashing: PasswordHashing; events: Publisher; ids: Ids }
type Seed = { email: string; password: string; name: string; handle: string; admin: boolean }

/** Creates accounts that do not exist yet; the rest stay as they are. */
export function createSeedUsers({ db, hashing, events, ids }: Deps) {
  return (users: readonly Seed[]) =>
    Promise.all(
      users.map(async (seed) => {
        const known = await findByEmail(db, seed.email)
        if (known) return { id: known.id, email: known.email }
        const passwordHash = await hashing.hash(seed.password)
        const id = ids.uuid()
        return db.transaction(async (tx) => {
          const isNew = await insertUser(tx, { ...seed, id, passwordHash, verified: true })
          if (isNew) {
            const told = { userId: id, email: seed.email, name: seed.name, handle: seed.handle }
            await events.publish(tx, userRegistered, told, { key: id, version: 1 })
            return { id, email: seed.email }
          }
          // Another start was faster, or somebody else has the handle.
          const other = await findByEmail(tx, seed.email)
          if (!other) throw new Error(`${seed.email} cannot be seeded: the handle ${seed.handle} is taken`)
          return { id: other.id, email: other.email }
        })
      }),
    )
}
