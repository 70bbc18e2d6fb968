import type { Limit } from './config.ts'

/** A call by its identity, by its network, or by both. */
export type LimitQuestion = {
  name: string
  identity?: string | undefined
  network?: string | undefined
}
export type LimitAnswer = { allowed: true } | { allowed: false; retryAfterSeconds: number }

/** A window's length, how many calls it allows, and the moment of the call. */
export type LimitWindow = { seconds: number; most: number; nowSeconds: number }

/**
 * Counts calls in windows. The embedded one counts in this process; a shared one counts for every gateway, and makes
 * nobody wait where the answer can be no other.
 */
export type LimitStore = {
  /** Adds one and tells how many there were in this window. Never throws. */
  hit(key: string, window: LimitWindow): number | Promise<number>
}

/** Fixed windows in memory, swept as windows turn, so that memory follows the number of callers of a window. */
export function memoryLimitStore(): { hit(key: string, window: LimitWindow): number } {
  const countsOf = windows(() => new Map<string, number>())
  return {
    hit(key, window) {
      const counts = countsOf(window)
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count
    },
  }
}

/** Gives what belongs to the window a moment is in, and forgets the window before. */
export function windows<T>(make: () => T): (window: LimitWindow) => T {
  const current = new Map<number, { number: number; holds: T }>()
  return (window) => {
    const number = numberOf(window)
    const found = current.get(window.seconds)
    if (found?.number === number) return found.holds
    const holds = make()
    current.set(window.seconds, { number, holds })
    return holds
  }
}

/** Which window of its length it is, the same in every gateway. */
export const numberOf = ({ seconds, nowSeconds }: LimitWindow): number => Math.floor(nowSeconds / seconds)

/** Judges a call by its identity and by its network; either may be too much. At once where the store counts at once. */
export function createLimits(deps: {
  /** Looked at for each call: limits change while the gateway runs. */
  limits: Readonly<Record<string, Limit>>
  store: LimitStore
  now: () => Temporal.Instant
}) {
  const { store, now } = deps
  return ({ name, identity, network }: LimitQuestion): LimitAnswer | Promise<LimitAnswer> => {
    const limit = deps.limits[name] ?? deps.limits.default
    if (!limit) return { allowed: true }
    const nowSeconds = now().epochMilliseconds / 1000
    const seconds = limit.windowSeconds
    const judge = (ofNetwork: number, ofIdentity: number): LimitAnswer =>
      ofNetwork <= limit.perNetwork && ofIdentity <= limit.perIdentity
        ? { allowed: true }
        : { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(seconds - (nowSeconds % seconds))) }
    const ofNetwork = network
      ? store.hit(`${name}:net:${network}`, { seconds, nowSeconds, most: limit.perNetwork })
      : 0
    const ofIdentity = identity
      ? store.hit(`${name}:who:${identity}`, { seconds, nowSeconds, most: limit.perIdentity })
      : 0
    if (typeof ofNetwork === 'number' && typeof ofIdentity === 'number') return judge(ofNetwork, ofIdentity)
    return Promise.all([ofNetwork, ofIdentity]).then(([network, identity]) => judge(network, identity))
  }
}
