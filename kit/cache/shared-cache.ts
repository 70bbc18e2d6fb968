import type { Live } from '../live/index.ts'
import type { Metrics } from '../telemetry/index.ts'
import type { Cache } from './cache.ts'

const topic = 'cache.invalidated'

export type SharedCacheOptions = { cache: Cache; live: Live; metrics?: Metrics }

/**
 * A cache of this process that hears what other processes invalidate. While their word may not reach it, it neither
 * gives nor keeps anything: every answer is asked for.
 */
export function createSharedCache({ cache, live, metrics }: SharedCacheOptions): Cache {
  const bypassed = metrics?.counter(
    'marquee_cache_bypassed_total',
    'Answers not taken from a cache that is cut off',
  )
  let wasConnected = live.connected()
  live.subscribe(topic, (payload) => void cache.invalidate(payload as string[]))
  return {
    ...cache,
    async get(key, rule, fill) {
      if (live.connected()) {
        if (!wasConnected) await cache.clear()
        wasConnected = true
        return cache.get(key, rule, fill)
      }
      wasConnected = false
      bypassed?.inc()
      return fill()
    },
    async invalidate(tags) {
      await cache.invalidate(tags)
      live.signal(topic, tags)
    },
  }
}
