import type { bookingContract } from '@marquee/contracts/booking'
import type { Client } from '@marquee/kit/contract'

/** Sales of some shows that rest while their seats are changed, and the seats sold or held that a layout lacks. */
export type Resting = { seatsInTheWay: string[]; resume: () => Promise<void> }
export type RestSales = (showIds: readonly string[], seatIds: ReadonlySet<string>) => Promise<Resting>

// Longer than any change takes to be heard of. Only a crash in the middle of one keeps a house waiting for its end.
const restSeconds = 300

/** Asks booking to sell nothing of these shows; before the transaction of the change, which then finds no more sold. */
export function createRestSales(booking: Client<typeof bookingContract.endpoints>): RestSales {
  return async (shows, seatIds) => {
    if (shows.length === 0) return { seatsInTheWay: [], resume: async () => {} }
    const showIds = [...shows]
    const { items } = await booking.asService().soldSeats({ showIds, restSeconds })
    const gone = items.flatMap((item) => item.seats).filter((seat) => !seatIds.has(seat))
    return {
      seatsInTheWay: [...new Set(gone)].toSorted(),
      // Unheard, the rest ends by itself.
      resume: async () => void (await booking.asService().attempt.resumeSales({ showIds })),
    }
  }
}
