import type { DocumentStore } from '@marquee/kit/documents'
import type { Database } from '@marquee/kit/sql'
import type { HeedErasure } from './forget-person.ts'
import { announceMove, finishMove } from './moved-store.ts'
import type { Home } from './wishes.ts'

type Deps = { db: Database; homes: DocumentStore<Home>; heedErasure: HeedErasure }

/** Keeps where near is for somebody; null for everywhere. `look-around` tells by and by what is on there already. */
export function createMove({ db, homes, heedErasure }: Deps) {
  return async (userId: string, home: Home | null): Promise<void> => {
    // Before and after: a crash in between is caught up with, and nobody looks before the home is there.
    await announceMove(db, userId)
    await (home ? homes.upsert(userId, () => home) : homes.delete(userId))
    await finishMove(db, userId)
    await heedErasure(userId)
  }
}
export type Move = ReturnType<typeof createMove>
