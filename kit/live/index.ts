export { createFallbackLive } from './fallback-live.ts'
export type { Live, LiveListener } from './live.ts'
export { createMemoryLive, type MemoryLiveOptions } from './memory-live.ts'
export { createPostgresLive, type PostgresLiveOptions } from './postgres-live.ts'
