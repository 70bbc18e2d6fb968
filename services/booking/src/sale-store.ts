import type { Transaction } from '@marquee/kit/sql'
import type { Line } from './order-lines.ts'
import type { OrderRecord, SoldSeat } from './order-record.ts'

export type NewTicket = { id: string; seat: SoldSeat; code: string; fee: number }

export async function insertTickets(
  tx: Transaction,
  order: OrderRecord,
  tickets: readonly NewTicket[],
): Promise<void> {
  await tx.query(
    `insert into tickets (id, order_id, show_id, seat_id, seat, price, fee, code)
     select id, $1, $2, seat_id, seat, price, fee, code
       from unnest($3::uuid[], $4::text[], $5::json[], $6::int[], $7::int[], $8::text[])
         as t(id, seat_id, seat, price, fee, code)`,
    [
      order.id,
      order.showId,
      tickets.map(({ id }) => id),
      tickets.map(({ seat }) => seat.seatId),
      tickets.map(({ seat }) => JSON.stringify(seat)),
      tickets.map(({ seat }) => seat.price),
      tickets.map(({ fee }) => fee),
      tickets.map(({ code }) => code),
    ],
    { name: 'booking-insert-tickets' },
  )
}

export async function insertLines(tx: Transaction, orderId: string, lines: readonly Line[]): Promise<void> {
  await tx.query(
    `insert into order_lines (order_id, position, kind, label, net, tax, tax_rate_permille, gross)
     select $1, position, kind, label, net, tax, rate, gross
       from unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[])
         with ordinality as l(kind, label, net, tax, rate, gross, position)`,
    [
      orderId,
      lines.map(({ kind }) => kind),
      lines.map(({ label }) => label),
      lines.map(({ net }) => net),
      lines.map(({ tax }) => tax),
      lines.map(({ taxRatePermille }) => taxRatePermille),
      lines.map(({ gross }) => gross),
    ],
    { name: 'booking-insert-lines' },
  )
}
