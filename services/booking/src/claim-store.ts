import type { Transaction } from '@marquee/kit/sql'
import type { ClaimState } from './house/claims.ts'
import type { OrderRecord } from './order-record.ts'
import type { OpenShow } from './show-desk.ts'

type Move = { from: ClaimState; to: ClaimState; expiresAt?: number }

/** Whether every seat of the order is still claimed by it in this state. */
export function ownsSeats(show: OpenShow, order: OrderRecord, state: ClaimState): boolean {
  return order.seats.every(({ seatId }) => {
    const claim = show.claims.get(show.sellable.plan.indexOf.get(seatId) ?? -1)
    return claim?.orderId === order.id && claim.state === state
  })
}

/** Moves an order's claims in one update. False when they were not all there: some seat is gone. */
export async function moveClaims(
  tx: Transaction,
  { show, order }: { show: OpenShow; order: OrderRecord },
  { from, to, expiresAt = order.holdExpiresAt }: Move,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update seat_claims set state = $4, expires_at = to_timestamp($6::float8 / 1000)
      where show_id = $1 and order_id = $2 and seat_id = any($3::text[]) and state = $5`,
    [order.showId, order.id, order.seats.map(({ seatId }) => seatId), to, from, expiresAt],
    { name: 'booking-move-claims' },
  )
  for (const { seatId } of order.seats) {
    const claim = show.claims.get(show.sellable.plan.indexOf.get(seatId) ?? -1)
    if (claim?.orderId === order.id) show.writeSeat(seatId, { ...claim, state: to, expiresAt })
  }
  return rowCount === order.seats.length
}

/** Frees the seats an order still claims, all of them or those named. */
export async function freeClaims(
  tx: Transaction,
  { show, order }: { show: OpenShow; order: OrderRecord },
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
