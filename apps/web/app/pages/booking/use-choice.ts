import type { ShowDetail } from '@marquee/contracts/theaters'
import { useCallback, useState } from 'react'
import { type Chosen, firstOffer, mostSeats } from '../../seat-map/choice.ts'
import type { PlacedSeat } from '../../seat-map/geometry.ts'

type Seats = ReadonlyMap<string, PlacedSeat>

/** The seats somebody is choosing, each with its ticket type, in the order of the house. */
export function useChoice(prices: ShowDetail['prices'], seats: Seats, first: Chosen[] = []) {
  const [chosen, setChosen] = useState<Chosen[]>(first)

  const withType = useCallback(
    (seatId: string, others: Chosen[]): Chosen[] => {
      const placed = seats.get(seatId)
      const offer = placed && firstOffer(prices, placed.seat, others)
      return offer ? [...others, { seatId, ticketType: offer.ticketType }] : others
    },
    [prices, seats],
  )
  return {
    chosen,
    full: chosen.length >= mostSeats,
    remove: useCallback(
      (seatIds: readonly string[]) => setChosen((now) => now.filter((one) => !seatIds.includes(one.seatId))),
      [],
    ),
    add: useCallback((seatId: string) => setChosen((now) => withType(seatId, now)), [withType]),
    setType: useCallback(
      (seatId: string, ticketType: string) =>
        setChosen((now) => now.map((one) => (one.seatId === seatId ? { seatId, ticketType } : one))),
      [],
    ),
    /** Other seats instead; ticket types are kept in order as far as they go. */
    replace: useCallback(
      (seatIds: readonly string[]) =>
        setChosen((now) => {
          let others: Chosen[] = []
          for (const [index, seatId] of seatIds.entries()) {
            const kept = now[index]?.ticketType
            const zone = seats.get(seatId)?.seat.zone
            const sold = prices.some((price) => price.zone === zone && price.ticketType === kept)
            others = kept && sold ? others.concat({ seatId, ticketType: kept }) : withType(seatId, others)
          }
          return others
        }),
      [prices, seats, withType],
    ),
    start: setChosen,
  }
}
