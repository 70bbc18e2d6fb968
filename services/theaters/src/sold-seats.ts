import type { bookingContract } from '@marquee/contracts/booking'
import type { Client } from '@marquee/kit/contract'

/** Seats sold or held in some shows that a layout does not have; asked before the transaction of the change. */
export function createSeatsInTheWay(booking: Client<typeof bookingContract.endpoints>) {
  return async (showIds: readonly string[], seatIds: ReadonlySet<string>): Promise<string[]> => {
    if (showIds.length === 0) return []
    const { items } = await booking.asService().soldSeats({ showIds: [...showIds] })
    const gone = items.flatMap((item) => item.seats).filter((seat) => !seatIds.has(seat))
    return [...new Set(gone)].toSorted()
  }
}

export type SeatsInTheWay = ReturnType<typeof createSeatsInTheWay>
