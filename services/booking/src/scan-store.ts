import type { Queryable, Transaction } from '@marquee/kit/sql'
import type { ScanAnswer } from './check-in.ts'
import type { SoldSeat } from './order-record.ts'

export type ScannedTicket = {
  id: string
  orderId: string
  showId: string
  theaterId: string
  holderId: string | null
  seat: SoldSeat
  admittedAt: Temporal.Instant | null
  admittedBy: string | null
  refunded: boolean
  cancelled: boolean
}

/** Locks a ticket, and only it: two doors queue here. */
export async function lockTicket(tx: Transaction, id: string): Promise<ScannedTicket | undefined> {
  const { rows } = await tx.query<ScannedTicket>(
    `select t.id, t.order_id as "orderId", t.show_id as "showId", s.theater_id as "theaterId",
            o.user_id as "holderId", t.seat, t.admitted_at as "admittedAt", t.admitted_by as "admittedBy",
            t.refunded_at is not null as refunded, s.cancelled
       from tickets t join shows s on s.id = t.show_id join orders o on o.id = t.order_id
      where t.id = $1 for update of t`,
    [id],
    { name: 'booking-lock-ticket' },
  )
  return rows[0]
}

/** The tickets of a show whose ids end in these hex digits, and its theater; undefined for an unknown show. */
export async function findTyped(
  tx: Transaction,
  { showId, idEnd }: { showId: string; idEnd: string },
): Promise<{ theaterId: string; ticketIds: string[] } | undefined> {
  const { rows } = await tx.query<{ theaterId: string; ticketIds: string[] }>(
    `select s.theater_id as "theaterId",
            array(select t.id::text from tickets t
                   where t.show_id = s.id and t.id::text like '%' || $2) as "ticketIds"
       from shows s where s.id = $1`,
    [showId, idEnd],
    { name: 'booking-find-typed' },
  )
  return rows[0]
}

/** Admits at the given time if it is past, else now. */
export async function admit(
  tx: Transaction,
  ticketId: string,
  { userId, at }: { userId: string; at: string | undefined },
): Promise<Temporal.Instant> {
  const { rows } = await tx.query<{ at: Temporal.Instant }>(
    `update tickets set admitted_at = least(coalesce($3::timestamptz, clock()), clock()), admitted_by = $2
      where id = $1 returning admitted_at as at`,
    [ticketId, userId, at ?? null],
    { name: 'booking-admit' },
  )
  const [row] = rows
  if (!row) throw new Error(`ticket ${ticketId} vanished under its lock`)
  return row.at
}

export async function findScan(
  tx: Transaction,
  userId: string,
  scanId: string,
): Promise<ScanAnswer | undefined> {
  const { rows } = await tx.query<{ answer: ScanAnswer }>(
    `select answer from scans where user_id = $1 and scan_id = $2`,
    [userId, scanId],
    { name: 'booking-find-scan' },
  )
  return rows[0]?.answer
}

export async function rememberScan(
  tx: Transaction,
  scan: { userId: string; scanId: string; ticketId: string | null; answer: ScanAnswer },
): Promise<void> {
  await tx.query(
    `insert into scans (user_id, scan_id, ticket_id, answer, scanned_at) values ($1, $2, $3, $4, clock())
     on conflict (user_id, scan_id) do nothing`,
    [scan.userId, scan.scanId, scan.ticketId, JSON.stringify(scan.answer)],
    { name: 'booking-remember-scan' },
  )
}

/** Takes out some of the scans that are so many days old. */
export async function forgetScans(
  db: Queryable,
  { days, most }: { days: number; most: number },
): Promise<number> {
  const { rowCount } = await db.query(
    `delete from scans where ctid = any(array(
       select ctid from scans where scanned_at < (select clock()) - make_interval(days => $1)
        order by scanned_at limit $2))`,
    [days, most],
  )
  return rowCount
}
