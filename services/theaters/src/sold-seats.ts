import type { bookingContract } from '@marquee/contracts/booking'
import type { Client } from '@marquee/kit/contract'
import { isSqlError } from '@marquee/kit/sql'

/** Sales of some shows that rest while their seats are changed, and the seats sold or held that a layout lacks. */
export type Resting = { ok: true; seatsInTheWay: string[]; resume: () => Promise<void> }
/** Booking is away, or has yet to hear what was changed last. */
export type Unrested = { ok: false; code: 'unavailable' }
/** The shows at the versions read: only while they are at those does the rest last until the change is heard of. */
export type RestSales = (
  shows: readonly { id: string; version: number }[],
  seatIds: ReadonlySet<string>,
) => Promise<Resting | Unrested>
type Deps = {
  booking: Client<typeof bookingContract.endpoints>
  newId: () => string
  pause: (milliseconds: number) => Promise<unknown>
}

// Longer than any change takes to be heard of. Only a crash in the middle of one keeps a house waiting for its end.
const restSeconds = 300
// What was changed just before is usually heard of within the first of them.
const pauses = [100, 200, 400, 800]

/** Asks booking to sell nothing of these shows; before the transaction of the change, which then finds no more sold. */
export function createRestSales({ booking, newId, pause }: Deps): RestSales {
  return async (shows, seatIds) => {
    if (shows.length === 0) return { ok: true, seatsInTheWay: [], resume: async () => {} }
    const showIds = shows.map(({ id }) => id)
    const rest = { id: newId(), versions: Object.fromEntries(shows.map(({ id, version }) => [id, version])) }
    // Unheard, the rest ends by itself.
    const resume = async () =>
      void (await booking.asService().attempt.resumeSales({ showIds, restId: rest.id }))
    const ask = () => booking.asService().attempt.soldSeats({ showIds, restSeconds, rest })
    let answer = await ask()
    for (const milliseconds of pauses) {
      if (answer.ok || answer.code !== 'not-heard-yet') break
      await pause(milliseconds)
      answer = await ask()
    }
    if (!answer.ok) {
      // What came too late may have been done all the same.
      if (answer.code !== 'not-heard-yet') await resume()
      return { ok: false, code: 'unavailable' }
    }
    const gone = answer.value.items.flatMap((item) => item.seats).filter((seat) => !seatIds.has(seat))
    return { ok: true, seatsInTheWay: [...new Set(gone)].toSorted(), resume }
  }
}

/**
 * Makes a change while sales rest. They go on at once when booking will hear of none; when it will, or may because the
 * connection broke in the middle of the commit, they rest until it does or the time is over.
 */
export async function whileResting<Outcome>(
  resting: Pick<Resting, 'resume'> | undefined,
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
