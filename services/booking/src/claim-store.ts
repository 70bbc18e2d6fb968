import type { Transaction } from '@marquee/kit/sql'
import type { ClaimState } from './house/claims.ts'
import type { OrderRecord } from './order-record.ts'
import type { OpenShow } from './show-desk.ts'

type Move = { from: ClaimState; to: ClaimState; expiresAt?: number }
type Claiming = { show: OpenShow; order: OrderRecord }

/** Whether every seat of the order is still claimed by it in this state. */
export function ownsSeats(show: OpenShow, order: OrderRecord, state: ClaimState): boolean {
  return order.seats.every(({ seatId }) => {
    const claim = show.claims.get(show.sellable.plan.indexOf.get(seatId) ?? -1)
    return claim?.orderId === order.id && claim.state === state
  })
}

/** Moves orders' claims in one update. Answers the orders whose claims were not all there: some seat is gone. */
export async function moveClaims(
  tx: Transaction,
  orders: readonly Claiming[],
  { from, to, expiresAt }: Move,
): Promise<ReadonlySet<string>> {
  const seats = orders.flatMap(({ show, order }) =>
    order.seats.map(({ seatId }) => ({ show, order, seatId, until: expiresAt ?? order.holdExpiresAt })),
  )
  const { rows } = await tx.query<{ orderId: string; moved: number }>(
    `with moved as (
       update seat_claims c set state = $4, expires_at = to_timestamp(n.expires / 1000)
         from unnest($1::uuid[], $2::uuid[], $3::text[], $6::float8[]) as n(show_id, order_id, seat_id, expires)
        where c.show_id = n.show_id and c.seat_id = n.seat_id and c.order_id = n.order_id and c.state = $5
       returning c.order_id)
     select order_id as "orderId", count(*)::int as moved from moved group by order_id`,
    [
      seats.map(({ order }) => order.showId),
      seats.map(({ order }) => order.id),
      seats.map(({ seatId }) => seatId),
      to,
      from,
      seats.map(({ until }) => until),
    ],
    { name: 'booking-move-claims' },
  )
  for (const { show, order, seatId, until } of seats) {
    const claim = show.claims.get(show.sellable.plan.indexOf.get(seatId) ?? -1)
    if (claim?.orderId === order.id) show.writeSeat(seatId, { ...claim, state: to, expiresAt: until })
  }
  const moved = new Map(rows.map((row) => [row.orderId, row.moved]))
  return new Set(orders.flatMap(({ order }) => (moved.get(order.id) === order.seats.length ? [] : order.id)))
}

/** Frees the seats an order still claims, all of them or those named. */
export async function freeClaims(
  tx: Transaction,
  { show, order }: Claiming,
  seatIds: readonly string[] = order.seats.map(({ seatId }) => seatId),
): Promise<void> {
  const { rows } = await tx.query<{ seatId: string }>(
    `delete from seat_claims where show_id = $1 and order_id = $2 and seat_id = any($3::text[])
     returning seat_id as "seatId"`,
    [order.showId, order.id, seatIds],
    { name: 'booking-free-claims' },
  )
  for (const { seatId } of rows) show.writeSeat(seatId, undefined)
}
