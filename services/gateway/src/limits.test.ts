import { loadRedis, type RedisConnection } from '@marquee/kit/redis'
import { type BorrowedEngine, borrowRedis, redisReachable } from '@marquee/kit/testing'
import { afterAll, beforeAll, describe } from 'vitest'
import { memoryLimitStore } from './limits.ts'
import { sharedLimitStore } from './limits-shared.ts'
import { limitSuite } from './limits-suite.ts'

describe('limits that a gateway counts for itself', () => {
  limitSuite({
    open: async () => {
      const store = memoryLimitStore()
      return [store, store]
    },
  })
})

describe.skipIf(!redisReachable())('limits that gateways count in Redis', () => {
  let redis: BorrowedEngine
  let one: RedisConnection
  let other: RedisConnection
  beforeAll(async () => {
    const { connectRedis } = await loadRedis()
    redis = await borrowRedis()
    // What is counted exactly is so while Redis answers in time, however busy the machine.
    const connect = () => connectRedis(redis.url, { commandTimeout: 10_000 })
    ;[one, other] = [connect(), connect()]
    await Promise.all([one.settled(5000), other.settled(5000)])
  })
  afterAll(async () => {
    await Promise.all([one?.stop(), other?.stop()])
    await redis?.remove()
  })
  limitSuite({ open: async () => [sharedLimitStore({ redis: one }), sharedLimitStore({ redis: other })] })
})
