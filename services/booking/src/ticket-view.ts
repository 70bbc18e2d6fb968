import type { Queryable } from '@marquee/kit/sql'
import type { SoldSeat } from './order-record.ts'

export type TicketDetail = {
  id: string
  orderId: string
  showId: string
  theaterId: string
  holderId: string | null
  currency: string
  showCancelled: boolean
  seat: SoldSeat
  code: string
  status: 'valid' | 'admitted' | 'refunded'
  admittedAt: Temporal.Instant | null
}

const columns = `t.id, t.order_id as "orderId", t.show_id as "showId", s.theater_id as "theaterId",
  o.user_id as "holderId", o.currency, s.cancelled as "showCancelled", t.seat, t.code,
  case when t.refunded_at is not null then 'refunded' when t.admitted_at is not null then 'admitted'
    else 'valid' end as status, t.admitted_at as "admittedAt"`
const tables = `tickets t join orders o on o.id = t.order_id join shows s on s.id = t.show_id`

export async function findTicket(db: Queryable, id: string): Promise<TicketDetail | undefined> {
  const { rows } = await db.query<TicketDetail>(`select ${columns} from ${tables} where t.id = $1`, [id], {
    name: 'booking-find-ticket',
  })
  return rows[0]
}

/** Every ticket of a show, for a door. A door refuses the refunded ones by name. */
export async function listTickets(db: Queryable, showId: string): Promise<TicketDetail[]> {
  const { rows } = await db.query<TicketDetail>(
    `select ${columns} from ${tables} where t.show_id = $1 order by t.seat_id, t.id`,
    [showId],
  )
  return rows
}
