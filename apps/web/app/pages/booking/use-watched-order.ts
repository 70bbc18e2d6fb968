import type { Order } from '@marquee/contracts/booking'
import { useCallback, useEffect, useState } from 'react'
import { useRevalidator } from 'react-router'
import { send } from '../../api/browser.ts'
import { useTouchedSeats } from './use-touched-seats.ts'

/** How often a state is worth looking at again, in milliseconds. An end may still be paid back. */
const every: Record<Order['status'], number> = {
  held: 20_000,
  paying: 1200,
  confirmed: 2000,
  'partly-refunded': 2000,
  refunded: 4000,
  expired: 8000,
  released: 8000,
}

const isSame = (one: Order | null, other: Order) => JSON.stringify(one) === JSON.stringify(other)

/**
 * An order kept current while its page is looked at; a lost network changes nothing. What becomes of seats that are
 * held is heard at once, all else by looking again.
 */
export function useWatchedOrder(loaded: Order | null): Order | null {
  const [order, setOrder] = useState(loaded)
  const { revalidate } = useRevalidator()
  useEffect(() => setOrder(loaded), [loaded])

  const id = order?.id
  const status = order?.status
  const look = useCallback(
    (signal?: AbortSignal) => {
      if (!id || document.visibilityState === 'hidden') return
      send<Order>('GET', `/api/orders/${id}`, { signal }).then(
        (answer) => {
          if (!answer.ok || signal?.aborted) return
          // Another state brings other parts (codes, amounts): the page's own loader fetches them.
          if (answer.value.status !== status) void revalidate()
          // The same answer is no change: nothing that hangs on the order (pages kept on this device) is done again.
          else setOrder((now) => (isSame(now, answer.value) ? now : answer.value))
        },
        () => undefined,
      )
    },
    [id, status, revalidate],
  )
  useEffect(() => {
    if (!status) return
    const leaving = new AbortController()
    const again = () => look(leaving.signal)
    const timer = setInterval(again, every[status])
    document.addEventListener('visibilitychange', again)
    return () => {
      leaving.abort()
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [status, look])
  useTouchedSeats(status === 'held' ? order : null, look)
  return order
}
