import type { bookingContract } from '@marquee/contracts/booking'
import { fail, type Handlers, invalid } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import type { createCheckIn, ScanAnswer } from './check-in.ts'
import { presentShow } from './present-order.ts'
import { readScan } from './read-scan.ts'
import { findShow } from './sales-view.ts'
import type { ShowLibrary } from './show-library.ts'
import type { TicketCodes } from './ticket-code.ts'
import { listTickets } from './ticket-view.ts'

type Names = 'checkIn' | 'checkInBatch' | 'doorManifest' | 'doorKeys'
export type CheckInRoutes = Pick<Handlers<(typeof bookingContract)['endpoints']>, Names>
type Deps = {
  db: Database
  library: ShowLibrary
  codes: TicketCodes
  checkIn: ReturnType<typeof createCheckIn>
  /** Theaters where this person works. */
  worksAt: (userId: string) => Promise<ReadonlySet<string>>
  now: () => Temporal.Instant
}

// PostgreSQL keeps no text with a zero in it.
const unreadable = { path: 'scanId', message: 'has control characters' }

export function createCheckInRoutes({ db, library, codes, checkIn, worksAt, now }: Deps): CheckInRoutes {
  return {
    async checkIn({ code, showId, scanId, scannedAt }, { caller }) {
      const userId = caller.userId ?? ''
      if (scanId?.includes('\0')) return invalid([unreadable])
      const result = await checkIn({ code, showId, scanId, scannedAt, userId, offline: false })
      return result.ok ? result.answer : fail(result.code)
    },

    async checkInBatch({ scans }, { caller }) {
      const userId = caller.userId ?? ''
      if (scans.some(({ scanId }) => scanId.includes('\0'))) return invalid([unreadable])
      // Before any of them counts: a batch that is refused has admitted nobody.
      if (!(await areTheirs(scans, userId))) return fail('forbidden')
      const items: (ScanAnswer & { scanId: string })[] = []
      // In the order of the scans, so that of two the earlier one admits.
      for (const scan of scans) {
        const result = await checkIn({ ...scan, userId, offline: true })
        if (!result.ok) return fail(result.code)
        items.push({ ...result.answer, scanId: scan.scanId })
      }
      return { items }
    },

    async doorManifest({ showId }) {
      const show = await findShow(db, showId)
      const sellable = await library.find(db, showId)
      if (!show || !sellable) return fail('not-found')
      // Before it is read: whoever is admitted meanwhile was admitted after this list.
      const generatedAt = now().toString()
      const tickets = (await listTickets(db, showId)).map(({ id, seat, status, admittedAt }) => ({
        id,
        seatId: seat.seatId,
        row: seat.row,
        number: seat.number,
        ticketType: seat.ticketType,
        status,
        admittedAt: admittedAt?.toString() ?? null,
      }))
      return { show: presentShow(sellable.facts, show.cancelled), generatedAt, tickets }
    },

    doorKeys: async () => ({ keys: await codes.publicKeys() }),
  }

  /** Whether no ticket of these is another theater's. */
  async function areTheirs(
    scans: readonly { code: string; showId?: string | undefined }[],
    userId: string,
  ): Promise<boolean> {
    const theaters = await worksAt(userId)
    const named = await Promise.all(scans.map((scan) => readScan(codes, scan)))
    const showIds = new Set(named.flatMap((one) => one?.showId ?? []))
    for (const showId of showIds) {
      const show = await library.find(db, showId)
      if (show && !theaters.has(show.facts.theaterId)) return false
    }
    return theaters.size > 0
  }
}
