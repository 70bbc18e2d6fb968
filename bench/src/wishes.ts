import { buildHall } from './hall.ts'

export type Wish = { showId: string; seats: [string, string] }

/** What a guest sends to hold two seats. */
export const bodyOf = ({ showId, seats }: Wish, at: number): string =>
  JSON.stringify({
    showId,
    seats: seats.map((seatId) => ({ seatId, ticketType: 'adult' })),
    email: `guest-${at}@bench.example`,
  })

/** Pairs of neighbours, spread over `atOnce` shows; sold out shows are followed by the next ones. */
export async function freshWishes(
  origin: string,
  { atOnce, count }: { atOnce: number; count: number },
): Promise<Wish[]> {
  const [rows, seatsInRow] = [50, 100]
  const pairs = (rows * seatsInRow) / 2
  const groups = Math.ceil(count / (pairs * atOnce))
  const { showIds, seatIds } = await buildHall({ origin, shows: groups * atOnce, rows, seatsInRow })
  const wishes: Wish[] = []
  for (let group = 0; group < groups; group++)
    for (let pair = 0; pair < pairs; pair++)
      for (let show = 0; show < atOnce; show++) {
        const [first = '', second = ''] = seatIds.slice(pair * 2, pair * 2 + 2)
        wishes.push({ showId: showIds[group * atOnce + show] ?? '', seats: [first, second] })
      }
  return wishes
}
