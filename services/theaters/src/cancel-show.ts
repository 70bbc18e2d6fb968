import type { Database } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { showStore } from './show-store.ts'

/** Cancels a show, once; booking refunds everybody when it hears of it. */
export function createCancelShow({ db, announce }: { db: Database; announce: Announce }) {
  return (showId: string): Promise<void> =>
    db.transaction(async (tx) => {
      await announce.cancelled(tx, await showStore.cancel(tx, [showId]))
    })
}
