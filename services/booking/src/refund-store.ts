import type { Queryable, Transaction } from '@marquee/kit/sql'
import type { RefundReason } from './announcer.ts'
import type { OrderRecord } from './order-record.ts'

type Owed = { id: string; attemptId: string; amount: number; reason: RefundReason }

/** Owes a capture back that bought nothing; false when that is already owed, or was no money. */
export async function oweCapture(tx: Transaction, order: OrderRecord, owed: Owed): Promise<boolean> {
  // Payments was never asked for it, and would never say that it is done.
  if (owed.amount === 0) return false
  const { rowCount } = await tx.query(
    `insert into refunds (id, order_id, attempt_id, amount, currency, reason, created_at)
     values ($1, $2, $3, $4, $5, $6, clock()) on conflict (attempt_id) where ticket_id is null do nothing`,
    [owed.id, order.id, owed.attemptId, owed.amount, order.currency, owed.reason],
  )
  return rowCount === 1
}

export type OwnTicket = {
  id: string
  seatId: string
  price: number
  fee: number
  admitted: boolean
  refunded: boolean
}

/** An order's tickets; locked, as their order is. */
export async function ticketsOf(tx: Transaction, orderId: string): Promise<OwnTicket[]> {
  const { rows } = await tx.query<OwnTicket>(
    `select id, seat_id as "seatId", price, fee, admitted_at is not null as admitted,
            refunded_at is not null as refunded from tickets where order_id = $1 order by id for update`,
    [orderId],
  )
  return rows
}

export type TicketRefund = { id: string; ticketId: string; amount: number }

/**
 * Owes tickets back and ends them. A ticket that cost nothing, or that no payment bought, owes nothing and
 * is done at once.
 */
export async function oweTickets(
  tx: Transaction,
  order: OrderRecord,
  { refunds, reason }: { refunds: readonly TicketRefund[]; reason: RefundReason },
): Promise<void> {
  await tx.query(
    `insert into refunds (id, order_id, ticket_id, attempt_id, amount, currency, reason, status, created_at, done_at)
     select id, $1, ticket_id, $2, amount, $3, $4,
            case when amount = 0 or $2::uuid is null then 'done' else 'pending' end, clock(),
            case when amount = 0 or $2::uuid is null then clock() end
       from unnest($5::uuid[], $6::uuid[], $7::int[]) as r(id, ticket_id, amount)`,
    [
      order.id,
      order.attemptId,
      order.currency,
      reason,
      refunds.map(({ id }) => id),
      refunds.map(({ ticketId }) => ticketId),
      refunds.map(({ amount }) => amount),
    ],
  )
  await tx.query(`update tickets set refunded_at = clock() where id = any($1::uuid[])`, [
    refunds.map(({ ticketId }) => ticketId),
  ])
}

export type Due = {
  id: string
  orderId: string
  attemptId: string
  ticketId: string | null
  amount: number
  currency: string
}

/** Refunds to ask payments for: never asked, or asked a while ago without an end. */
export async function takeDue(db: Queryable, most: number): Promise<Due[]> {
  const { rows } = await db.query<Due>(
    `update refunds r set asked_at = clock() from (
       select id from refunds where status = 'pending'
          and (asked_at is null or asked_at < clock() - interval '30 seconds')
        order by asked_at nulls first limit $1 for update skip locked) as due
      where r.id = due.id
      returning r.id, r.order_id as "orderId", r.attempt_id as "attemptId", r.ticket_id as "ticketId", r.amount, r.currency`,
    [most],
  )
  return rows
}

export async function markDone(db: Queryable, refundIds: readonly string[]): Promise<void> {
  await db.query(
    `update refunds set status = 'done', done_at = clock() where id = any($1::uuid[]) and status = 'pending'`,
    [refundIds],
  )
}
