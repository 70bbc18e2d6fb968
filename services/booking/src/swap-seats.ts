import type { Database } from '@marquee/kit/sql'
import { holdStands } from './change-hold.ts'
import { explain, type HoldRules } from './hold-seats.ts'
import { openHouse } from './house/house.ts'
import type { OrderRecord } from './order-record.ts'
import { lockOrder, totalFor, updateOrder, writeSwap } from './order-store.ts'
import { checkSeats, type FieldError, type SeatWish, soldSeats } from './order-wish.ts'
import type { ShowDesk } from './show-desk.ts'
import { withOrder } from './with-order.ts'

export type SwapResult =
  | { ok: true; order: OrderRecord }
  | { ok: false; code: 'not-found' | 'version-mismatch' | 'sales-closed' }
  | { ok: false; code: 'hold-expired' | 'payment-in-progress' | 'order-final' }
  | { ok: false; code: 'invalid-input'; errors: FieldError[] }
  | { ok: false; code: 'seats-taken'; seats: string[] }
  | { ok: false; code: 'orphan-seat'; seats: string[]; suggestions: string[][] }

/**
 * Trades the held seats for others in one transaction; whatever stands in the way, the old ones stay. Who names the
 * version of the order they saw changes no other.
 */
export function createSwapSeats(deps: { db: Database; desk: ShowDesk; rules: HoldRules }) {
  const { rules } = deps
  return async (orderId: string, wishes: SeatWish[], expectedVersion?: number): Promise<SwapResult> => {
    const result = await withOrder(deps, orderId, async (tx, locked): Promise<SwapResult> => {
      const { show, order } = locked
      if (expectedVersion !== undefined && expectedVersion !== order.version)
        return { ok: false, code: 'version-mismatch' }
      const obstacle = holdStands(locked)
      if (obstacle) return { ok: false, code: obstacle }
      const { sellable } = show
      if (!show.open[order.channel]) return { ok: false, code: 'sales-closed' }
      const companionsFreeFrom =
        Temporal.Instant.from(sellable.facts.startsAt).epochMilliseconds -
        rules.companionReleaseMinutes * 60_000
      const checked = checkSeats(show, wishes, { channel: order.channel, companionsFreeFrom })
      if (!checked.ok) return { ok: false, code: 'invalid-input', errors: checked.errors }
      const replaces = order.seats.flatMap(({ seatId }) => sellable.plan.indexOf.get(seatId) ?? [])
      const own = show.claims.get(replaces[0] ?? -1)
      if (!own) throw new Error(`order ${orderId} lost a seat while its show was locked`)
      const cap = order.channel === 'online' ? rules.unpaidSeats : undefined
      const house = openHouse(sellable.plan, show)
      const verdict = house.take({
        claim: { ...own, expiresAt: order.holdExpiresAt },
        replaces,
        seats: checked.seats,
        ...(cap === undefined ? {} : { cap }),
      })
      if (!verdict.ok) {
        const refusal = explain(verdict, sellable)
        // Only possible when the swap asks for more seats than before.
        if (!('seats' in refusal))
          return {
            ok: false,
            code: 'invalid-input',
            errors: [{ path: 'seats', message: 'too many unpaid seats' }],
          }
        return refusal
      }
      const types = wishes.map(({ ticketType }) => ticketType)
      const seats = soldSeats(sellable, verdict.seats, types)
      await writeSwap(tx, order, { seats, total: totalFor(seats, order) })
      const swapped = await lockOrder(tx, orderId)
      if (!swapped) throw new Error(`order ${orderId} vanished under its lock`)
      return { ok: true, order: await updateOrder(tx, swapped, {}) }
    })
    return result ?? { ok: false, code: 'not-found' }
  }
}
