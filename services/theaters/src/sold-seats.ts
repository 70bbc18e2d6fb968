import type { bookingContract } from '@marquee/contracts/booking'
import type { Client } from '@marquee/kit/contract'
import { isSqlError } from '@marquee/kit/sql'

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

/**
 * Makes a change while sales rest. They go on at once when booking will hear of none; when it will, or may because the
 * connection broke in the middle of the commit, they rest until it does or the time is over.
 */
export async function whileResting<Outcome>(
  resting: Resting | undefined,
  change: () => Promise<Outcome>,
  isTold: (outcome: Outcome) => boolean,
): Promise<Outcome> {
  let goesOn = true
  try {
    const outcome = await change()
    goesOn = !isTold(outcome)
    return outcome
  } catch (error) {
    goesOn = !isSqlError(error, 'commit-unknown')
    throw error
  } finally {
    if (goesOn) await resting?.resume()
  }
}
