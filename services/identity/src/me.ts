import { userUpdated } from '@marquee/contracts/identity'
import type { Publisher } from '@marquee/kit/events'
import { type Database, type Queryable, uniqueViolation } from '@marquee/kit/sql'
import { theatersOf } from './theater-people-store.ts'
import { presentUser } from './user.ts'
import { findById, lockById, type UserChange, updateUser } from './user-store.ts'

type Deps = { db: Database; events: Publisher }

/** What a person may see and change of themselves. */
export function createMe({ db, events }: Deps) {
  const read = async (on: Queryable, userId: string) => {
    const user = await findById(on, userId)
    if (!user) return undefined
    const theaters = await theatersOf(on, userId)
    return { ...presentUser(user, theaters), theaters }
  }
  return {
    read: (userId: string) => read(db, userId),
    async update(userId: string, change: UserChange, ifVersion: number | undefined) {
      try {
        return await db.transaction(async (tx) => {
          const user = await lockById(tx, userId)
          if (!user) return { ok: false as const, code: 'not-found' as const }
          if (ifVersion !== undefined && ifVersion !== user.version)
            return { ok: false as const, code: 'version-mismatch' as const }
          await updateUser(tx, userId, change)
          const me = await read(tx, userId)
          if (!me) throw new Error('an account that is locked cannot be read')
          await events.publish(
            tx,
            userUpdated,
            { userId, name: me.name, handle: me.handle },
            { key: userId, version: me.version },
          )
          return { ok: true as const, me }
        })
      } catch (error) {
        if (uniqueViolation(error)) return { ok: false as const, code: 'handle-taken' as const }
        throw error
      }
    },
  }
}
export type Me = ReturnType<typeof createMe>
