import type { Database } from '@marquee/kit/sql'
import { readTakenSeats } from './sales-view.ts'
import { restShows, wakeShows } from './show-store.ts'

type Taken = { showId: string; seats: string[] }[]

/**
 * Which seats of shows are taken, and none more from then on: sales rest under the shows' locks, until booking hears of
 * the change for which somebody asks, is told that there is none, or the time is over.
 */
export function createRestSales({ db }: { db: Database }) {
  return {
    rest: (showIds: readonly string[], seconds: number): Promise<Taken> =>
      db.transaction(async (tx) => {
        await restShows(tx, showIds, seconds)
        return readTakenSeats(tx, showIds)
      }),
    resume: (showIds: readonly string[]): Promise<void> => wakeShows(db, showIds),
  }
}
