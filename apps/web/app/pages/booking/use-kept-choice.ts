import type { ShowDetail } from '@marquee/contracts/theaters'
import { useEffect } from 'react'
import { type Chosen, offersFor } from '../../seat-map/choice.ts'
import type { PlacedSeat } from '../../seat-map/geometry.ts'
import { takeKeptChoice } from './kept-choice.ts'

type Props = {
  show: Pick<ShowDetail, 'id' | 'prices'>
  seats: ReadonlyMap<string, PlacedSeat>
  start: (chosen: Chosen[]) => void
}

/** Chooses again what was chosen before the login, as far as it is still sold so; what was taken meanwhile is told as lost. */
export function useKeptChoice({ show, seats, start }: Props): void {
  useEffect(() => {
    const kept = takeKeptChoice(show.id).filter(({ seatId, ticketType }) => {
      const placed = seats.get(seatId)
      return placed && offersFor(show.prices, placed.seat).some((offer) => offer.ticketType === ticketType)
    })
    if (kept.length > 0) start(kept)
  }, [show, seats, start])
}
