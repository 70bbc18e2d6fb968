import type { Queryable } from '@marquee/kit/sql'
import { type OrderRecord, type OrderRow, orderColumns, recordOf } from './order-record.ts'
import type { Idempotency } from './order-store.ts'

export type TicketView = {
  id: string
  seatId: string
  code: string
  status: 'valid' | 'admitted' | 'refunded'
  admittedAt: number | null
}
type RefundView = {
  /** Without one a whole capture goes back, which bought nothing. */
  ticketId: string | null
  attemptId: string | null
  amount: number
  status: 'pending' | 'done'
}
export type OrderView = OrderRecord & { showCancelled: boolean; tickets: TicketView[]; refunds: RefundView[] }

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`

const hangings = `
  (select s.cancelled from shows s where s.id = o.show_id) as "showCancelled",
  (select coalesce(json_agg(json_build_object('id', t.id, 'seatId', t.seat_id, 'code', t.code,
     'status', case when t.refunded_at is not null then 'refunded' when t.admitted_at is not null then 'admitted'
       else 'valid' end, 'admittedAt', ${milliseconds('t.admitted_at')}) order by t.id), '[]')
   from tickets t where t.order_id = o.id) as tickets,
  (select coalesce(json_agg(json_build_object('ticketId', r.ticket_id, 'attemptId', r.attempt_id, 'amount', r.amount,
     'status', r.status) order by r.id), '[]') from refunds r where r.order_id = o.id) as refunds`

type OrderViewRow = OrderRow & { showCancelled: boolean; tickets: TicketView[]; refunds: RefundView[] }

export async function findOrder(db: Queryable, id: string): Promise<OrderView | undefined> {
  const { rows } = await db.query<OrderViewRow>(
    `select ${orderColumns}, ${hangings} from orders o where o.id = $1`,
    [id],
    {
      name: 'booking-find-order',
    },
  )
  return rows[0] && viewOf(rows[0])
}

export async function listOrdersOf(
  db: Queryable,
  userId: string,
  { before, limit }: { before: string | null; limit: number },
): Promise<OrderView[]> {
  const { rows } = await db.query<OrderViewRow>(
    `select ${orderColumns}, ${hangings} from orders o
      where o.user_id = $1 and ($2::uuid is null or o.id < $2) order by o.id desc limit $3`,
    [userId, before, limit],
  )
  return rows.map(viewOf)
}

/** Sold orders of an address whose show is not long over, newest first. */
export async function findOrdersOfEmail(db: Queryable, email: string): Promise<OrderRecord[]> {
  const { rows } = await db.query<OrderRow>(
    `select ${orderColumns} from orders o join shows s on s.id = o.show_id
      where lower(o.email) = lower($1) and o.status in ('confirmed', 'partly-refunded', 'refunded')
        and s.starts_at > clock() - interval '90 days' order by o.id desc limit 50`,
    [email],
  )
  return rows.map(recordOf)
}

export async function findOrdersIn(db: Queryable, ids: readonly string[]): Promise<OrderRecord[]> {
  const { rows } = await db.query<OrderRow>(
    `select ${orderColumns} from orders o where o.id = any($1::uuid[])`,
    [ids],
  )
  return rows.map(recordOf)
}

export type KeyedOrder = { scope: string; key: string; bodyHash: string; stale: boolean; order: OrderRecord }

/** Orders made under these idempotency keys; a key older than a day is stale. */
export async function findByKeys(db: Queryable, keys: readonly Idempotency[]): Promise<KeyedOrder[]> {
  const { rows } = await db.query<
    OrderRow & { scope: string; key: string; bodyHash: string; stale: boolean }
  >(
    `select o.idempotency_scope as scope, o.idempotency_key as key, o.idempotency_body as "bodyHash",
            o.created_at < clock() - interval '24 hours' as stale, ${orderColumns}
       from orders o join unnest($1::text[], $2::text[]) as k(scope, key)
         on o.idempotency_scope = k.scope and o.idempotency_key = k.key`,
    [keys.map(({ scope }) => scope), keys.map(({ key }) => key)],
    { name: 'booking-find-by-keys' },
  )
  return rows.map(({ scope, key, bodyHash, stale, ...row }) => ({
    scope,
    key,
    bodyHash,
    stale,
    order: recordOf(row),
  }))
}

export async function forgetKeys(db: Queryable, orderIds: readonly string[]): Promise<void> {
  await db.query(
    `update orders set idempotency_scope = null, idempotency_key = null, idempotency_body = null
      where id = any($1::uuid[])`,
    [orderIds],
  )
}

function viewOf({ showCancelled, tickets, refunds, ...row }: OrderViewRow): OrderView {
  const order = recordOf(row)
  const place = (seatId: string) => order.seats.findIndex((seat) => seat.seatId === seatId)
  return {
    ...order,
    showCancelled,
    tickets: tickets.toSorted((a, b) => place(a.seatId) - place(b.seatId)),
    refunds,
  }
}

type KnownAttempt = {
  orderId: string
  attemptId: string
  idempotency: Idempotency | undefined
  /** How the payer goes on; given again to whoever asks with the same key. */
  next: unknown
}

/** Payments knows this attempt, so its end will be told or can be asked for. */
export async function noteAttemptKnown(
  db: Queryable,
  { orderId, attemptId, idempotency, next }: KnownAttempt,
): Promise<void> {
  await db.query(
    `with told as (update requests set answer = $3 where scope = $4 and key = $5 and attempt_id = $2)
     update orders set attempt_known = true where id = $1 and attempt_id = $2 and status = 'paying'`,
    [orderId, attemptId, JSON.stringify(next), idempotency?.scope ?? null, idempotency?.key ?? null],
  )
}

export type SilentPayment = { orderId: string; attemptId: string; total: number; overdue: boolean }

/** Orders whose payment payments may never have heard of, or whose deadline is over. */
export async function findSilentPayments(
  db: Queryable,
  { paymentMinutes, silentMinutes }: { paymentMinutes: number; silentMinutes: number },
): Promise<SilentPayment[]> {
  const { rows } = await db.query<SilentPayment>(
    `select id as "orderId", attempt_id as "attemptId", total,
            paying_since < clock() - make_interval(mins => $2) as overdue
       from orders where status = 'paying'
        and (paying_since < (select clock()) - make_interval(mins => $1)
             or (not attempt_known and paying_since < clock() - interval '1 minute'))
      order by paying_since limit 50`,
    [paymentMinutes, silentMinutes],
  )
  return rows
}

type Capture = { id: string; orderId: string; attemptId: string }

/** Of these captures, the ids of those that their order was already sold for. */
export async function findWon(db: Queryable, captures: readonly Capture[]): Promise<ReadonlySet<string>> {
  if (captures.length === 0) return new Set()
  const { rows } = await db.query<{ id: string }>(
    `select c.id from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as c(id, order_id, attempt_id)
       join orders o on o.id = c.order_id and o.attempt_id = c.attempt_id
      where o.status in ('confirmed', 'partly-refunded', 'refunded')`,
    [
      captures.map(({ id }) => id),
      captures.map(({ orderId }) => orderId),
      captures.map(({ attemptId }) => attemptId),
    ],
    { name: 'booking-find-won' },
  )
  return new Set(rows.map(({ id }) => id))
}
