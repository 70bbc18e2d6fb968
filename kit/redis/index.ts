export type { RedisAnswer, RedisClient, RedisConnection, RedisConnectionOptions } from './connect-redis.ts'
export { readRedisAddress, showRedisAddress } from './redis-address.ts'

/** What speaks to Redis. Loaded only where one is configured: nobody else waits for it at the start. */
export const loadRedis = () => import('./adapters.ts')
