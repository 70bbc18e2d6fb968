import type { Limit } from './config.ts'

export type LimitQuestion = { name: string; identity: string | undefined; network: string }
export type LimitAnswer = { allowed: true } | { allowed: false; retryAfterSeconds: number }

/** Counts calls in windows. The embedded one counts in this process; a shared one counts for every gateway. */
export type LimitStore = {
  /** Adds one and tells how many there were in this window. */
  hit(key: string, windowSeconds: number, nowSeconds: number): number
}

/** Fixed windows in memory, swept as windows turn, so that memory follows the number of callers of a window. */
export function memoryLimitStore(): LimitStore {
  const windows = new Map<number, { window: number; counts: Map<string, number> }>()
  return {
    hit(key, windowSeconds, nowSeconds) {
      const window = Math.floor(nowSeconds / windowSeconds)
      let current = windows.get(windowSeconds)
      if (!current || current.window !== window) {
        current = { window, counts: new Map() }
        windows.set(windowSeconds, current)
      }
      const count = (current.counts.get(key) ?? 0) + 1
      current.counts.set(key, count)
      return count
    },
  }
}

/** Judges a call by its identity and by its network; either may be too much. */
export function createLimits({
  limits,
  store,
  now,
}: {
  limits: Record<string, Limit>
  store: LimitStore
  now: () => Temporal.Instant
}) {
  return ({ name, identity, network }: LimitQuestion): LimitAnswer => {
    const limit = limits[name] ?? limits.default
    if (!limit) return { allowed: true }
    const seconds = now().epochMilliseconds / 1000
    const ofNetwork = store.hit(`${name}:net:${network}`, limit.windowSeconds, seconds)
    const ofIdentity = identity ? store.hit(`${name}:who:${identity}`, limit.windowSeconds, seconds) : 0
    if (ofNetwork <= limit.perNetwork && ofIdentity <= limit.perIdentity) return { allowed: true }
    return {
      allowed: false,
      retryAfterSeconds: Math.max(1, Math.ceil(limit.windowSeconds - (seconds % limit.windowSeconds))),
    }
  }
}
