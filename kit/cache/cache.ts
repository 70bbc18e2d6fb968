export type CacheRule = {
  /** How long an answer is fresh. */
  seconds: number
  /** What the answer was made from; invalidating any of them drops it. */
  tags?: readonly string[]
  /** How long past its time it may still be given while it is refreshed behind; 0 unless told. */
  staleSeconds?: number
  /** Bytes that what is kept may come to take beyond those it has; none unless told. */
  spareBytes?: (value: unknown) => number
}

/** Counted since the cache was made; `entries` and `bytes` as they are now. */
export type CacheStats = {
  hits: number
  misses: number
  stale: number
  evictions: number
  entries: number
  bytes: number
}

/**
 * Keeps answers that are the same for everybody.
 *
 * - Callers who want the same key at once wait for one fill.
 * - An answer is kept only if none of its tags was invalidated since before it was read.
 * - Whoever asks after an invalidation never gets an answer begun before it: not a fresh one, not a stale
 *   one, not one on its way.
 * - A fill that throws, or that gives `undefined`, is not kept; all who waited for it get the same.
 * - What comes back is shared among callers: plain objects and arrays in it are frozen.
 */
export type Cache = {
  get<T>(key: string, rule: CacheRule, fill: () => Promise<T> | T): Promise<T>
  /** Holds for every `get` that begins after the promise resolves. */
  invalidate(tags: readonly string[]): Promise<void>
  /** Forgets everything, as if whatever it was made from had been invalidated. */
  clear(): Promise<void>
  stats(): CacheStats
}
