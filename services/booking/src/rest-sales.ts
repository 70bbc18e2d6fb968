import type { Database } from '@marquee/kit/sql'
import { addRests, endRests, lockBehind } from './rest-store.ts'
import { readTakenSeats } from './sales-view.ts'

type Taken = { showId: string; seats: string[] }[]
type Rest = { id: string; versions: Readonly<Record<string, number>> }
type Rested = { ok: true; items: Taken } | { ok: false; code: 'not-heard-yet'; shows: string[] }

/**
 * Which seats of shows are taken, and none more from then on: sales rest under the shows' locks, until booking hears of
 * the change for which somebody asks, is told that there is none, or the time is over. Where older news are still to
 * come nothing rests, for they would be taken for the change.
 */
export function createRestSales({ db }: { db: Database }) {
  return {
    rest: (showIds: readonly string[], seconds: number, rest?: Rest): Promise<Rested> =>
      db.transaction(async (tx) => {
        const behind = await lockBehind(tx, showIds, rest?.versions ?? {})
        if (behind.length > 0) return { ok: false, code: 'not-heard-yet', shows: behind }
        await addRests(tx, showIds, { restId: rest?.id, seconds })
        return { ok: true, items: await readTakenSeats(tx, showIds) }
      }),
    resume: (showIds: readonly string[], restId?: string): Promise<void> =>
      db.transaction((tx) => endRests(tx, showIds, restId)),
  }
}
