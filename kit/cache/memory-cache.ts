import { LRUCache } from 'lru-cache'
import type { Metrics } from '../telemetry/index.ts'
import type { Cache, CacheRule } from './cache.ts'
import type { SecondLevel } from './second-level.ts'
import { settleValue } from './settle-value.ts'
import { createTagGenerations, type Dated } from './tag-generations.ts'

export type MemoryCacheOptions = {
  /** Bytes of answers kept, roughly; 64 MiB unless told. The least recently asked for go first. */
  maxBytes?: number
  /** Milliseconds that only go forward. */
  now?: () => number
  metrics?: Metrics
  /** Told when a refresh behind a stale answer fails; callers get the stale one meanwhile. */
  onRefreshError?: (error: unknown, key: string) => void
  /** Asked before an answer is made, told of those that were. */
  second?: SecondLevel
}

type Entry = Dated & { value: unknown; bytes: number; freshUntil: number; staleUntil: number }
type Flight = Dated & { answer: Promise<unknown> }

/** A cache in this process's memory. */
export function createMemoryCache(options: MemoryCacheOptions = {}): Cache {
  const { maxBytes = 64 * 1024 * 1024, now = () => performance.now(), metrics, second } = options
  const { onRefreshError = () => {} } = options
  const counted = metrics?.counter('marquee_cache_requests_total', 'Cache requests, by outcome', ['outcome'])
  const evicted = metrics?.counter('marquee_cache_evictions_total', 'Answers dropped for room')
  const counts = { hits: 0, misses: 0, stale: 0, evictions: 0 }
  const count = (outcome: 'hits' | 'misses' | 'stale') => {
    counts[outcome] += 1
    counted?.inc({ outcome })
  }
  const generations = createTagGenerations()
  const flights = new Map<string, Flight>()
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: (entry) => entry.bytes,
    dispose: (_entry, _key, reason) => {
      if (reason !== 'evict') return
      counts.evictions += 1
      evicted?.inc()
    },
  })
  metrics?.gauge('marquee_cache_bytes', 'Bytes kept', [], () => entries.calculatedSize)

  function keep(key: string, flight: Flight, rule: CacheRule, value: unknown, ageSeconds = 0): void {
    const seen = settleValue(value) + key.length * 2
    if (value === undefined || !generations.isCurrent(flight)) return
    const bytes = seen + (rule.spareBytes?.(value) ?? 0)
    const freshUntil = now() + (rule.seconds - ageSeconds) * 1000
    const staleUntil = freshUntil + (rule.staleSeconds ?? 0) * 1000
    entries.set(key, { begun: flight.begun, tags: flight.tags, value, bytes, freshUntil, staleUntil })
  }

  async function make(key: string, flight: Flight, rule: CacheRule, fill: () => unknown): Promise<unknown> {
    const value = await fill()
    keep(key, flight, rule, value)
    return value
  }

  async function askSecond(
    behind: SecondLevel,
    key: string,
    flight: Flight,
    rule: CacheRule,
    fill: () => unknown,
  ): Promise<unknown> {
    const look = await behind.look(key, flight.tags)
    if (look?.found && look.found.ageSeconds < rule.seconds) {
      keep(key, flight, rule, look.found.value, look.found.ageSeconds)
      return look.found.value
    }
    const value = await make(key, flight, rule, fill)
    if (look && value !== undefined && generations.isCurrent(flight))
      void behind.keep({ key, tags: flight.tags, moment: look.moment, value, seconds: rule.seconds })
    return value
  }

  function launch(key: string, rule: CacheRule, fill: () => unknown): Promise<unknown> {
    const flight: Flight = {
      begun: generations.now(),
      tags: rule.tags ?? [],
      answer: Promise.resolve().then(async () => {
        try {
          return await (second ? askSecond(second, key, flight, rule, fill) : make(key, flight, rule, fill))
        } finally {
          if (flights.get(key) === flight) flights.delete(key)
        }
      }),
    }
    flights.set(key, flight)
    return flight.answer
  }

  const joinOrLaunch = (key: string, rule: CacheRule, fill: () => unknown): Promise<unknown> => {
    const flight = flights.get(key)
    return flight && generations.isCurrent(flight, rule.tags) ? flight.answer : launch(key, rule, fill)
  }

  return {
    async get<T>(key: string, rule: CacheRule, fill: () => Promise<T> | T) {
      const entry = entries.get(key)
      const usable = entry && generations.isCurrent(entry, rule.tags) ? entry : undefined
      if (entry && !usable) entries.delete(key)
      const time = now()
      if (usable && time < usable.freshUntil) {
        count('hits')
        return usable.value as T
      }
      if (usable && time < usable.staleUntil) {
        count('stale')
        joinOrLaunch(key, rule, fill).catch((error: unknown) => onRefreshError(error, key))
        return usable.value as T
      }
      count('misses')
      return joinOrLaunch(key, rule, fill) as Promise<T>
    },
    async invalidate(tags) {
      generations.invalidate(tags)
    },
    async clear() {
      generations.invalidateAll()
      entries.clear()
    },
    stats: () => ({ ...counts, entries: entries.size, bytes: entries.calculatedSize }),
  }
}
