import { randomUUIDv7 } from 'node:crypto'
import { z } from 'zod'
import type { Live } from '../live/index.ts'
import type { Metrics } from '../telemetry/index.ts'
import type { Cache } from './cache.ts'
import type { SecondLevel } from './second-level.ts'

const topic = 'cache.invalidated'
const News = z.object({ from: z.string(), tags: z.array(z.string()), told: z.boolean() })

export type SharedCacheOptions = {
  /** The memory of this process, in front of `second` if there is one. */
  cache: Cache
  second?: SecondLevel
  live: Live
  metrics?: Metrics
  /** Does something after so many milliseconds. */
  later?: (work: () => void, milliseconds: number) => void
}

// A signal too large to travel reaches nobody: PostgreSQL's holds 8,000 bytes.
const tagsAtOnce = 50
/** By then nobody who is trusted gives an answer from before (see `Live.connected`). */
const everybodyHeardAfter = 700
const afterAWhile = (work: () => void, milliseconds: number) => void setTimeout(work, milliseconds).unref()

/**
 * A cache of this process that hears what other processes invalidate; who invalidates waits until they were told. While their word may not reach it, it neither
 * gives nor keeps anything: every answer is asked for. The second level is told before the others are, so that nobody
 * who forgot an answer finds it there again; could it not be told, each of them tells it. All is said again a little
 * later: who made an answer anew may have asked somebody who had not heard yet.
 */
export function createSharedCache(options: SharedCacheOptions): Cache {
  const { cache, second, live, metrics, later = afterAWhile } = options
  const bypassed = metrics?.counter(
    'marquee_cache_bypassed_total',
    'Answers not taken from a cache that is cut off',
  )
  const me = randomUUIDv7()
  let wasConnected = live.connected()
  let missed = live.missed()
  live.subscribe(topic, (payload) => {
    const news = News.safeParse(payload)
    // Our own word comes back to us; what was made since is up to date.
    if (!news.success || news.data.from === me) return
    void cache.invalidate(news.data.tags)
    if (!news.data.told) void second?.invalidate(news.data.tags)
  })

  async function tell(tags: readonly string[]): Promise<void> {
    const telling = second?.invalidate(tags)
    await cache.invalidate(tags)
    const told = (await telling) ?? true
    for (let at = 0; at < tags.length; at += tagsAtOnce)
      live.signal(topic, { from: me, tags: tags.slice(at, at + tagsAtOnce), told })
  }

  /** Whatever was invalidated while nobody could tell us, here or in the second level. */
  async function beginAnew(): Promise<void> {
    wasConnected = true
    missed = live.missed()
    void second?.invalidateAll()
    await cache.clear()
  }

  return {
    ...cache,
    async get(key, rule, fill) {
      if (live.connected()) {
        if (!wasConnected || missed !== live.missed()) await beginAnew()
        return cache.get(key, rule, fill)
      }
      wasConnected = false
      bypassed?.inc()
      return fill()
    },
    async invalidate(tags) {
      await tell(tags)
      later(() => void tell(tags), everybodyHeardAfter)
      await live.told()
    },
    async clear() {
      await Promise.all([cache.clear(), second?.invalidateAll()])
    },
  }
}
