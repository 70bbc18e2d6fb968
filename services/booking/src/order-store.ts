import type { Queryable, Transaction } from '@marquee/kit/sql'
import { orderLines, totalOf } from './order-lines.ts'
import { type OrderRecord, type OrderRow, orderColumns, packSeats, recordOf } from './order-record.ts'

export type Idempotency = { key: string; scope: string; bodyHash: string }
export type NewOrder = {
  order: OrderRecord
  network: string | null
  /** Who sold it at a counter. */
  soldBy?: string | undefined
  idempotency: Idempotency | undefined
}

type Statement = [text: string, values: unknown[], options: { name: string }]

/**
 * Writes held orders and their claims in one statement, which fails when a seat turned out not to be free: then
 * nothing was judged right.
 */
export function insertHeld(orders: readonly NewOrder[]): Statement {
  const column = <Value>(of: (entry: NewOrder) => Value) => orders.map(of)
  const seats = orders.flatMap(({ order }) => order.seats.map(({ seatId }) => ({ seatId, order })))
  return [
    insertHeldText,
    [
      column(({ order }) => order.id),
      column(({ order }) => order.showId),
      column(({ order }) => order.channel),
      column(({ order }) => order.userId),
      column(({ order }) => order.email),
      column(({ network }) => network),
      column(({ soldBy }) => soldBy ?? null),
      column(({ order }) => packSeats(order.seats)),
      column(({ order }) => order.seats.length),
      column(({ order }) => order.total),
      column(({ order }) => order.currency),
      column(({ order }) => order.taxRatePermille),
      column(({ order }) => order.bookingFee),
      column(({ order }) => order.together),
      column(({ order }) => order.holdExpiresAt),
      column(({ order }) => order.createdAt),
      column(({ idempotency }) => idempotency?.scope ?? null),
      column(({ idempotency }) => idempotency?.key ?? null),
      column(({ idempotency }) => idempotency?.bodyHash ?? null),
      seats.map(({ order }) => order.showId),
      seats.map(({ seatId }) => seatId),
      seats.map(({ order }) => order.id),
      seats.map(({ order }) => order.holdExpiresAt),
    ],
    { name: 'booking-insert-held' },
  ]
}

const insertHeldText = `
with written as (
  insert into orders (id, show_id, channel, user_id, email, network, sold_by, seats, seat_count, total, currency,
    tax_rate_permille, booking_fee, together, hold_expires_at, created_at,
    idempotency_scope, idempotency_key, idempotency_body)
  select id, show_id, channel, user_id, email, network, sold_by, seats, seat_count, total, currency,
    tax, fee, together, to_timestamp(expires / 1000), to_timestamp(created / 1000), scope, key, body
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::json[], $9::int[],
    $10::int[], $11::text[], $12::int[], $13::int[], $14::boolean[], $15::float8[], $16::float8[],
    $17::text[], $18::text[], $19::text[])
    as o(id, show_id, channel, user_id, email, network, sold_by, seats, seat_count, total, currency, tax, fee,
      together, expires, created, scope, key, body)
), claimed as (
  insert into seat_claims as c (show_id, seat_id, order_id, state, expires_at)
  select show_id, seat_id, order_id, 'held', to_timestamp(expires / 1000)
  from unnest($20::uuid[], $21::text[], $22::uuid[], $23::float8[]) as n(show_id, seat_id, order_id, expires)
  on conflict (show_id, seat_id) do update
    set order_id = excluded.order_id, state = excluded.state, expires_at = excluded.expires_at
    where c.state = 'held' and (c.expires_at <= clock() or c.order_id = excluded.order_id)
  returning 1
)
-- Text that is no number ends the statement, and its words are the error.
select case when count(*) = cardinality($20::uuid[]) then count(*)::int
  else ('a seat judged free was not, of ' || count(*))::int end as claims from claimed`

/** Locks orders in id order. */
export async function lockOrders(tx: Transaction, ids: readonly string[]): Promise<OrderRecord[]> {
  const { rows } = await tx.query<OrderRow>(
    `select ${orderColumns} from orders o where o.id = any($1::uuid[]) order by o.id for update`,
    [ids],
    { name: 'booking-lock-orders' },
  )
  return rows.map(recordOf)
}

export async function lockOrder(tx: Transaction, id: string): Promise<OrderRecord | undefined> {
  return (await lockOrders(tx, [id]))[0]
}

export type OrderChange = {
  status?: OrderRecord['status']
  attemptId?: string
  holdExpiresAt?: number
  extended?: boolean
  /** At the sale: what returns to the distributor need, frozen. */
  sale?: { movieId: string; distributor: string | null }
}

/** Moves an order on and bumps its version; an order that stops waiting for money forgets its network. */
export async function updateOrder(
  tx: Transaction,
  order: OrderRecord,
  change: OrderChange,
): Promise<OrderRecord> {
  const [updated = order] = await updateOrders(tx, [{ order, change }])
  return updated
}

/** The same for many, in one statement; answers in the same order. */
export async function updateOrders(
  tx: Transaction,
  changes: readonly { order: OrderRecord; change: OrderChange }[],
): Promise<OrderRecord[]> {
  const { rows } = await tx.query<OrderRow>(
    `update orders o set status = n.status, version = version + 1, attempt_id = n.attempt_id,
       hold_expires_at = to_timestamp(n.expires / 1000), extended = n.extended,
       paying_since = case when n.status = 'paying' then coalesce(paying_since, clock()) end,
       attempt_known = attempt_known and n.status = 'paying',
       network = case when n.status in ('held', 'paying') then network end,
       movie_id = coalesce(n.movie_id, o.movie_id), distributor = coalesce(n.distributor, o.distributor),
       confirmed_at = case when n.movie_id is null then confirmed_at else clock() end
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::float8[], $5::boolean[], $6::uuid[], $7::text[])
       as n(id, status, attempt_id, expires, extended, movie_id, distributor)
     where o.id = n.id returning ${orderColumns}`,
    [
      changes.map(({ order }) => order.id),
      changes.map(({ order, change }) => change.status ?? order.status),
      changes.map(({ order, change }) => change.attemptId ?? order.attemptId),
      changes.map(({ order, change }) => change.holdExpiresAt ?? order.holdExpiresAt),
      changes.map(({ order, change }) => change.extended ?? order.extended),
      changes.map(({ change }) => change.sale?.movieId ?? null),
      changes.map(({ change }) => change.sale?.distributor ?? null),
    ],
    { name: 'booking-update-orders' },
  )
  const updated = new Map(rows.map((row) => [row.id, row]))
  return changes.map(({ order }) => {
    const row = updated.get(order.id)
    if (!row) throw new Error(`order ${order.id} vanished under its lock`)
    return recordOf(row)
  })
}

export type SwappedSeats = Pick<OrderRecord, 'seats' | 'total'>

/** Replaces the seats of a held order and their claims. Throws when a seat turned out not to be free. */
export async function writeSwap(
  tx: Transaction,
  order: OrderRecord,
  { seats, total }: SwappedSeats,
): Promise<void> {
  const seatIds = seats.map(({ seatId }) => seatId)
  await tx.query(
    `delete from seat_claims where show_id = $1 and order_id = $2 and seat_id <> all($3::text[])`,
    [order.showId, order.id, seatIds],
  )
  const { rowCount } = await tx.query(
    `insert into seat_claims as c (show_id, seat_id, order_id, state, expires_at)
     select $1, seat_id, $2, 'held', to_timestamp($4::float8 / 1000) from unnest($3::text[]) as n(seat_id)
     on conflict (show_id, seat_id) do update
       set order_id = excluded.order_id, state = excluded.state, expires_at = excluded.expires_at
       where c.state = 'held' and (c.expires_at <= clock() or c.order_id = excluded.order_id)`,
    [order.showId, order.id, seatIds, order.holdExpiresAt],
  )
  if (rowCount !== seatIds.length) throw new Error('a seat judged free was not')
  await tx.query(`update orders set seats = $2, seat_count = $3, total = $4, together = null where id = $1`, [
    order.id,
    packSeats(seats),
    seats.length,
    total,
  ])
}

export function totalFor(
  seats: OrderRecord['seats'],
  rates: { taxRatePermille: number; bookingFee: number },
): number {
  return totalOf(orderLines(seats, rates))
}

/**
 * Takes out some of the orders that ended unpaid so many days ago. One with an attempt stays: its money may come in
 * however late, and goes back by the order.
 */
export async function forgetUnpaid(
  db: Queryable,
  { days, most }: { days: number; most: number },
): Promise<number> {
  const { rowCount } = await db.query(
    `delete from orders where id in (
       select id from orders o where status in ('expired', 'released') and attempt_id is null
          and created_at < (select clock()) - make_interval(days => $1)
          and not exists (select 1 from refunds r where r.order_id = o.id)
        order by created_at limit $2 for update skip locked)`,
    [days, most],
  )
  return rowCount
}

/** Makes what the version before sold at counters the customers' own, unless it is under way. */
export async function handOverCounterSales(db: Queryable): Promise<void> {
  await db.query(
    `update orders set sold_by = user_id, user_id = null where id in (
       select id from orders where channel = 'counter' and user_id is not null and status not in ('held', 'paying')
        order by id limit 1000 for update skip locked)`,
  )
}

/** Takes the person out of their orders and of those they sold, of the keys they sent, and out of who works where. */
export async function forgetPerson(tx: Transaction, userId: string): Promise<void> {
  // The index has the newest first; whoever else locks several begins with the oldest.
  await tx.query(`select 1 from orders where user_id = $1 or sold_by = $1 order by id for update`, [userId])
  // The address of what was sold at a counter is the customer's.
  await tx.query(
    `update orders set user_id = null, sold_by = null, network = null,
       email = case when channel = 'counter' then email end,
       idempotency_scope = null, idempotency_key = null, idempotency_body = null
      where user_id = $1 or sold_by = $1`,
    [userId],
  )
  await tx.query(`delete from requests where scope like '%:user:' || $1`, [userId])
  await tx.query(`delete from people where user_id = $1`, [userId])
}
