import type { Database } from '@marquee/kit/sql'
import { forgetLinkRequests } from './link-request-store.ts'
import { forgetUnpaid } from './order-store.ts'
import { forgetOldRequests } from './request-store.ts'
import { forgetScans } from './scan-store.ts'

type HowLong = { keepUnpaidDays: number; keepScansDays: number }

const atOnce = 1000

/** Takes out what nobody needs any longer: answers kept for keys, orders never paid with their addresses, and scans. */
export const createForgetOld =
  (db: Database, { keepUnpaidDays, keepScansDays }: HowLong) =>
  async (): Promise<void> => {
    await forgetOldRequests(db)
    await forgetLinkRequests(db)
    await inPieces((most) => forgetUnpaid(db, { days: keepUnpaidDays, most }))
    await inPieces((most) => forgetScans(db, { days: keepScansDays, most }))
  }

/** Nobody waits long for a row that a piece holds. */
async function inPieces(forget: (most: number) => Promise<number>): Promise<void> {
  while ((await forget(atOnce)) === atOnce);
}
