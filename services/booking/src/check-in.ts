import type { checkIn } from '@marquee/contracts/booking'
import { crashPoint } from '@marquee/kit/resilience'
import type { Database, Transaction } from '@marquee/kit/sql'
import type { z } from 'zod'
import type { Announcer } from './announcer.ts'
import type { BookingMetrics } from './metrics.ts'
import type { SoldSeat } from './order-record.ts'
import { type Named, readScan } from './read-scan.ts'
import { admit, findScan, findTyped, lockTicket, rememberScan, type ScannedTicket } from './scan-store.ts'
import type { ShowLibrary } from './show-library.ts'
import type { TicketCodes } from './ticket-code.ts'

export type ScanAnswer = z.infer<(typeof checkIn)['responses'][200]>
export type Scan = {
  code: string
  showId?: string | undefined
  scanId?: string | undefined
  scannedAt?: string | undefined
  userId: string
  /** The door admitted it already, without asking. */
  offline: boolean
}
/** A ticket, locked, and the theater whose staff may hear of it: of a typed code the show's, whether it names one or not. */
type Found = { theaterId: string | undefined; ticket: ScannedTicket | undefined }
export type CheckInResult = { ok: true; answer: ScanAnswer } | { ok: false; code: 'forbidden' }
// Marquee is younger; a door's clock that says earlier is not set.
const earliest = Temporal.Instant.from('2020-01-01T00:00:00Z')

function plausible(scannedAt: string | undefined): string | undefined {
  if (scannedAt === undefined) return undefined
  const at = Temporal.Instant.from(scannedAt)
  return Temporal.Instant.compare(at, earliest) > 0 ? at.toString() : undefined
}

type Deps = {
  db: Database
  codes: TicketCodes
  library: ShowLibrary
  announcer: Announcer
  metrics: BookingMetrics
  /** Theaters where this person works. */
  worksAt: (userId: string) => Promise<ReadonlySet<string>>
}

/** Admits a ticket once. The same scan repeats its answer, so a lost response turns nobody away. */
export function createCheckIn({ db, codes, library, announcer, metrics, worksAt }: Deps) {
  return async (scan: Scan): Promise<CheckInResult> => {
    const theaters = await worksAt(scan.userId)
    if (theaters.size === 0) return { ok: false, code: 'forbidden' }
    const named = await readScan(codes, scan)
    const result = await db.transaction(async (tx) => {
      const { theaterId, ticket } = await find(tx, named)
      if (theaterId && !theaters.has(theaterId)) return { ok: false, code: 'forbidden' } as const
      const earlier = await answeredBefore(tx, scan, ticket)
      if (earlier) return { ok: true, answer: earlier } as const
      const answer: ScanAnswer = ticket ? await judge(tx, scan, ticket) : { result: 'invalid' }
      if (scan.scanId)
        await rememberScan(tx, {
          userId: scan.userId,
          scanId: scan.scanId,
          ticketId: ticket?.id ?? null,
          answer,
        })
      return { ok: true, answer } as const
    })
    crashPoint('booking.check-in.committed')
    if (result.ok) metrics.scanned(result.answer.result)
    return result
  }

  /** The same scan told again: by who told it first, or by who has taken over their device since. */
  async function answeredBefore(
    tx: Transaction,
    { userId, scanId }: Scan,
    ticket: ScannedTicket | undefined,
  ) {
    if (!scanId) return undefined
    const own = await findScan(tx, userId, scanId)
    const { admittedBy } = ticket ?? {}
    return own || !admittedBy || admittedBy === userId ? own : findScan(tx, admittedBy, scanId)
  }

  async function find(tx: Transaction, named: Named | undefined): Promise<Found> {
    if (named?.by !== 'hand') {
      const ticket = named && (await lockTicket(tx, named.ticketId))
      return { theaterId: ticket?.theaterId, ticket }
    }
    const typed = await findTyped(tx, named)
    const [ticketId, ...more] = typed?.ticketIds ?? []
    // Of two with one code nobody can say whose it is.
    const ticket = ticketId && more.length === 0 ? await lockTicket(tx, ticketId) : undefined
    return { theaterId: typed?.theaterId, ticket }
  }

  async function judge(tx: Transaction, scan: Scan, ticket: ScannedTicket): Promise<ScanAnswer> {
    const described = { ticket: await describe(tx, ticket) }
    if (ticket.refunded || ticket.cancelled) return { result: 'refunded', ...described }
    if (scan.showId && scan.showId !== ticket.showId) return { result: 'wrong-show', ...described }
    if (ticket.admittedAt)
      return {
        result: scan.offline ? 'conflict' : 'already-admitted',
        admittedAt: ticket.admittedAt.toString(),
        ...described,
      }
    const at = await admit(tx, ticket.id, {
      userId: scan.userId,
      at: scan.offline ? plausible(scan.scannedAt) : undefined,
    })
    const admittedAt = at.toString()
    const { id: ticketId, orderId, showId, holderId } = ticket
    const facts = (await library.find(tx, showId))?.facts
    if (facts) {
      const { movieId, movieTitle, theaterName, day } = facts
      const where = { showId, movieId, movieTitle, theaterName, day }
      await announcer.admitted(tx, { ticketId, orderId, ...where, userId: holderId, admittedAt })
    }
    return { result: 'admitted', admittedAt, ...described }
  }

  async function describe(
    tx: Transaction,
    { id, showId, seat }: ScannedTicket,
  ): Promise<ScanAnswer['ticket']> {
    const facts = (await library.find(tx, showId))?.facts
    const { seatId, row, number, ticketType, ticketName, proof }: SoldSeat = seat
    return {
      id,
      showId,
      movieTitle: facts?.movieTitle ?? '',
      localStart: facts?.localStart ?? '',
      screenName: facts?.screenName ?? '',
      seatId,
      row,
      number,
      ticketType,
      ticketTypeName: ticketName,
      proof,
    }
  }
}
