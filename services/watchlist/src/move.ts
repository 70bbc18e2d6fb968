import type { DocumentStore } from '@marquee/kit/documents'
import type { Database } from '@marquee/kit/sql'
import type { HeedErasure } from './forget-person.ts'
import { announceMove, finishMove } from './moved-store.ts'
import type { Home } from './wishes.ts'

type Deps = { db: Database; homes: DocumentStore<Home>; heedErasure: HeedErasure }

/** Keeps where near is for somebody; null for everywhere. What is on there already is told by and by. */
export function createMove({ db, homes, heedErasure }: Deps) {
  return async (userId: string, home: Home | null): Promise<void> => {
    if (!home) {
      await homes.delete(userId)
      return
    }
    // Before and after: a crash in between is caught up with, and nobody looks before the home is there.
    await announceMove(db, userId)
    await homes.upsert(userId, () => home)
    await finishMove(db, userId)
    await heedErasure(userId)
  }
}
export type Move = ReturnType<typeof createMove>
