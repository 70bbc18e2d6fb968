import { useEffect, useMemo, useState } from 'react'

type Hold = { createdAt: string; holdExpiresAt: string; holdSecondsLeft: number }

/** Seconds a hold still has, counted from what the server said, never from this device's wall clock. */
export function useHoldClock({ createdAt, holdExpiresAt, holdSecondsLeft }: Hold) {
  const whole = Math.max((Date.parse(holdExpiresAt) - Date.parse(createdAt)) / 1000, 1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer of the server starts the count anew
  const start = useMemo(() => ({ at: now(), left: holdSecondsLeft }), [holdSecondsLeft, holdExpiresAt])
  const [left, setLeft] = useState(holdSecondsLeft)
  useEffect(() => {
    const count = () => setLeft(Math.max(0, Math.ceil(start.left - (now() - start.at) / 1000)))
    count()
    const timer = setInterval(count, 500)
    return () => clearInterval(timer)
  }, [start])
  return { left, fraction: Math.min(left / whole, 1) }
}

const now = () => (typeof performance === 'undefined' ? 0 : performance.now())
