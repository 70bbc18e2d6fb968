export {
  connectRedis,
  type RedisAnswer,
  type RedisClient,
  type RedisConnection,
  type RedisConnectionOptions,
} from './connect-redis.ts'
export { readRedisAddress, showRedisAddress } from './redis-address.ts'
