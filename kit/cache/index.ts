export type { Cache, CacheRule, CacheStats } from './cache.ts'
export { createMemoryCache, type MemoryCacheOptions } from './memory-cache.ts'
export { noCache } from './no-cache.ts'
export { createSharedCache, type SharedCacheOptions } from './shared-cache.ts'
