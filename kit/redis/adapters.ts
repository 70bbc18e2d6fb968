export { createRedisCacheLevel } from '../cache/redis-cache-level.ts'
export { createRedisLive } from '../live/redis-live.ts'
export { connectRedis } from './connect-redis.ts'
