import type { Order } from '@marquee/contracts/booking'
import { useEffect } from 'react'
import type { Taken } from '../../seat-map/live-seats.ts'
import { watchSeats } from '../../seat-map/watch-seats.ts'

const nothingYet: Taken = { version: 0, taken: new Set(), cancelled: false }

/** Calls `touched` when the house tells that the show of a hold is cancelled, or that its seats are no longer taken. */
export function useTouchedSeats(
  hold: Pick<Order, 'showId' | 'seats'> | null,
  touched: (leaving: AbortSignal) => void,
): void {
  const showId = hold?.showId
  // By its words: the same seats read again are no others.
  const seats = JSON.stringify(hold?.seats.map(({ seatId }) => seatId) ?? [])
  useEffect(() => {
    if (showId === undefined) return
    const leaving = new AbortController()
    const mine: string[] = JSON.parse(seats)
    let told = ''
    const stop = watchSeats(showId, nothingYet, ({ taken, cancelled }) => {
      const lost = mine.filter((seat) => !taken.has(seat))
      const tells = JSON.stringify({ cancelled, lost })
      if (tells === told) return
      told = tells
      if (cancelled || lost.length > 0) touched(leaving.signal)
    })
    return () => {
      leaving.abort()
      stop()
    }
  }, [showId, seats, touched])
}
