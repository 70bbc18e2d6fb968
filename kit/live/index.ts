export type { Live, LiveListener } from './live.ts'
export { createMemoryLive, type MemoryLiveOptions } from './memory-live.ts'
