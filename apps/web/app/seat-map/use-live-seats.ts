import { useEffect, useState } from 'react'
import type { Taken } from './live-seats.ts'
import { watchSeats } from './watch-seats.ts'

type First = { version: number; taken: string[] }

/** The taken seats of a show, kept current while its map is open. */
export function useLiveSeats(showId: string, first: First): Taken {
  const [seats, setSeats] = useState(() => startOf(first))
  useEffect(() => watchSeats(showId, startOf(first), setSeats), [showId, first])
  return seats
}

const startOf = ({ version, taken }: First): Taken => ({ version, taken: new Set(taken), cancelled: false })
