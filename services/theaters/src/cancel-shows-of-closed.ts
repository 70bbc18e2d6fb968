import type { Database } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { showStore } from './show-store.ts'
import { theaterStore } from './theater-store.ts'

/** Calls off the shows of closed theaters once nobody can undo the closing in time; booking then refunds everybody. */
export function createCancelShowsOfClosed({ db, announce }: { db: Database; announce: Announce }) {
  return async (): Promise<void> => {
    const theaters = [...new Set((await showStore.dueToEnd(db)).map((show) => show.theaterId))]
    if (theaters.length === 0) return
    await db.transaction(async (tx) => {
      // Somebody may have reopened one meanwhile: judged again under its lock.
      const closed = await theaterStore.lockClosed(tx, theaters)
      const due = await showStore.dueToEnd(tx, closed)
      const ids = due.map((show) => show.id)
      await announce.cancelled(tx, await showStore.cancel(tx, ids))
    })
  }
}
