import type { Order } from '@marquee/contracts/booking'
import { useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'
import { send } from '../../api/browser.ts'

/** How often a state is worth looking at again, in milliseconds. */
const every: Partial<Record<Order['status'], number>> = {
  held: 20_000,
  paying: 1200,
  confirmed: 2000,
  'partly-refunded': 2000,
  refunded: 4000,
}

const isSame = (one: Order | null, other: Order) => JSON.stringify(one) === JSON.stringify(other)

/** An order kept current while its page is looked at; a lost network changes nothing. */
export function useWatchedOrder(loaded: Order | null): Order | null {
  const [order, setOrder] = useState(loaded)
  const { revalidate } = useRevalidator()
  useEffect(() => setOrder(loaded), [loaded])

  const id = order?.id
  const status = order?.status
  useEffect(() => {
    const pause = status && every[status]
    if (!id || !pause) return
    const leaving = new AbortController()
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden') return
      send<Order>('GET', `/api/orders/${id}`, { signal: leaving.signal }).then(
        (answer) => {
          if (!answer.ok) return
          // Another state brings other parts (codes, amounts): the page's own loader fetches them.
          if (answer.value.status !== status) void revalidate()
          // The same answer is no change: nothing that hangs on the order (pages kept on this device) is done again.
          else setOrder((now) => (isSame(now, answer.value) ? now : answer.value))
        },
        () => undefined,
      )
    }, pause)
    return () => {
      leaving.abort()
      clearInterval(timer)
    }
  }, [id, status, revalidate])
  return order
}
