import type { Transaction } from '@marquee/kit/sql'
import type { Line } from './order-lines.ts'
import type { OrderRecord, SoldSeat } from './order-record.ts'

export type NewTicket = { id: string; seat: SoldSeat; code: string; fee: number }

export async function insertTickets(
  tx: Transaction,
  sales: readonly { order: OrderRecord; tickets: readonly NewTicket[] }[],
): Promise<void> {
  const tickets = sales.flatMap(({ order, tickets }) => tickets.map((ticket) => ({ ...ticket, order })))
  await tx.query(
    `insert into tickets (id, order_id, show_id, seat_id, seat, price, fee, code)
     select id, order_id, show_id, seat_id, seat, price, fee, code
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::json[], $6::int[], $7::int[], $8::text[])
         as t(id, order_id, show_id, seat_id, seat, price, fee, code)`,
    [
      tickets.map(({ id }) => id),
      tickets.map(({ order }) => order.id),
      tickets.map(({ order }) => order.showId),
      tickets.map(({ seat }) => seat.seatId),
      tickets.map(({ seat }) => JSON.stringify(seat)),
      tickets.map(({ seat }) => seat.price),
      tickets.map(({ fee }) => fee),
      tickets.map(({ code }) => code),
    ],
    { name: 'booking-insert-tickets' },
  )
}

export async function insertLines(
  tx: Transaction,
  sales: readonly { order: OrderRecord; lines: readonly Line[] }[],
): Promise<void> {
  const lines = sales.flatMap(({ order, lines }) =>
    lines.map((line, at) => ({ ...line, orderId: order.id, position: at + 1 })),
  )
  await tx.query(
    `insert into order_lines (order_id, position, kind, label, net, tax, tax_rate_permille, gross)
     select order_id, position, kind, label, net, tax, rate, gross
       from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[], $8::int[])
         as l(order_id, position, kind, label, net, tax, rate, gross)`,
    [
      lines.map(({ orderId }) => orderId),
      lines.map(({ position }) => position),
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
