import { useCallback, useEffect, useState } from 'react'
import { keptQueue, onOthersChange } from './door-store.ts'
import { settle } from './settle.ts'

const every = 15_000

/** How many guests the house has not heard of yet. It is told as long as a page of the door is open, whichever. */
export function useQueue(): number {
  const [waiting, setWaiting] = useState(0)
  const count = useCallback(() => setWaiting(keptQueue().length), [])
  useEffect(() => {
    const tell = () => void settle().then(count)
    count()
    tell()
    const timer = setInterval(tell, every)
    window.addEventListener('online', tell)
    const heedNoMore = onOthersChange(count)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', tell)
      heedNoMore()
    }
  }, [count])
  return waiting
}
