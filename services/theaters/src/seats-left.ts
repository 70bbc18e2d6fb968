import type { bookingContract } from '@marquee/contracts/booking'
import type { Client } from '@marquee/kit/contract'
import type { Clock } from '@marquee/kit/service'

type Deps = { booking: Client<typeof bookingContract.endpoints>; clock: Clock }
type Known = { left: number; at: Temporal.Instant }

// Together with three seconds of response cache an answer stays within what the API promises.
const freshFor = { milliseconds: 2000 }
const mostKept = 20_000

/** Free seats of shows, asked of booking for many at once and remembered briefly; the last word, or the whole house, while booking is away. */
export function createSeatsLeft({ booking, clock }: Deps) {
  const known = new Map<string, Known>()
  return async (shows: readonly { id: string; seats: number }[]): Promise<Map<string, number>> => {
    const now = clock.now()
    const oldest = now.subtract(freshFor)
    const stale = shows.filter(({ id }) => {
      const seen = known.get(id)
      return !seen || Temporal.Instant.compare(seen.at, oldest) < 0
    })
    if (stale.length > 0) {
      if (known.size > mostKept) known.clear()
      const answer = await booking.asService().attempt.seatsLeft({ showIds: stale.map((show) => show.id) })
      if (answer.ok) for (const { showId, left } of answer.value.items) known.set(showId, { left, at: now })
    }
    return new Map(shows.map(({ id, seats }) => [id, known.get(id)?.left ?? seats]))
  }
}

export type SeatsLeft = ReturnType<typeof createSeatsLeft>
