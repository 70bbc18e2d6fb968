import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { send } from '../../api/browser.ts'
import type { Chosen } from '../../seat-map/choice.ts'

type Changed = { orderId: string; seats: ReadonlySet<string> }

/** The held order whose seats are being swapped (`?change=`), its seats put into the choice. */
export function useChangedOrder(showId: string, start: (chosen: Chosen[]) => void): Changed | undefined {
  const [query] = useSearchParams()
  const orderId = query.get('change')
  const [changed, setChanged] = useState<Changed>()
  useEffect(() => {
    if (!orderId) return
    const leaving = new AbortController()
    send<Order>('GET', `/api/orders/${orderId}`, { signal: leaving.signal }).then(
      (answer) => {
        if (!answer.ok || answer.value.status !== 'held' || answer.value.showId !== showId) return
        const { seats } = answer.value
        setChanged({ orderId, seats: new Set(seats.map((seat) => seat.seatId)) })
        start(seats.map(({ seatId, ticketType }) => ({ seatId, ticketType })))
      },
      // Leaving the page aborts the question.
      () => undefined,
    )
    return () => leaving.abort()
  }, [orderId, showId, start])
  return changed
}
