import type { Database } from '@marquee/kit/sql'
import { forgetUnpaid } from './order-store.ts'
import { forgetScans } from './scan-store.ts'

type HowLong = { keepUnpaidDays: number; keepScansDays: number }

const atOnce = 1000

/** Takes out orders that were never paid, their addresses with them, and scans, once they are old. */
export const createForgetOld =
  (db: Database, { keepUnpaidDays, keepScansDays }: HowLong) =>
  async (): Promise<void> => {
    await inPieces((most) => forgetUnpaid(db, { days: keepUnpaidDays, most }))
    await inPieces((most) => forgetScans(db, { days: keepScansDays, most }))
  }

/** Nobody waits long for a row that a piece holds. */
async function inPieces(forget: (most: number) => Promise<number>): Promise<void> {
  while ((await forget(atOnce)) === atOnce);
}
