import type { Database } from '@marquee/kit/sql'
import { findPeople } from '../people-store.ts'

type Deps = { db: Database; eraseWriter: (userId: string) => Promise<void> }
export type HeedErasure = (userId: string) => Promise<void>

/**
 * To be called once somebody's words or likes are written: whoever was erased meanwhile, on a token not yet ended, is
 * forgotten again. An erasure is noted before it looks for what there is, so one of the two finds it.
 */
export function createHeedErasure({ db, eraseWriter }: Deps): HeedErasure {
  return async (userId) => {
    const writer = (await findPeople(db, [userId])).get(userId)
    if (writer?.erased) await eraseWriter(userId)
  }
}
