import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectRedis } from '../redis/connect-redis.ts'
import {
  type BorrowedEngine,
  borrowRedis,
  type RedisEngine,
  redisAtHand,
  redisReachable,
  startRedis,
} from '../testing/index.ts'
import { createFallbackLive } from './fallback-live.ts'
import type { Live } from './live.ts'
import { liveSuite } from './live-suite.ts'
import { createMemoryLive } from './memory-live.ts'
import { createRedisLive } from './redis-live.ts'

const soon = (look: () => void) => vi.waitFor(look, { timeout: 10_000, interval: 10 })

describe.skipIf(!redisReachable())('live signals over Redis', () => {
  let redis: BorrowedEngine
  const opened: Live[] = []
  beforeAll(async () => {
    redis = await borrowRedis()
  })
  afterEach(async () => {
    for (const live of opened.splice(0)) await live.stop()
  })
  afterAll(() => redis.remove())
  const open = async (options: Partial<Parameters<typeof createRedisLive>[0]> = {}) => {
    const live = await createRedisLive({ url: redis.url, ...options })
    opened.push(live)
    return live
  }

  liveSuite(open)
  describe('with another way to fall back to', () =>
    liveSuite(async (options) => createFallbackLive(await open(options), createMemoryLive(options))))
})

describe.skipIf(!redisAtHand())('live signals over a Redis that fails', () => {
  let redis: RedisEngine
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.remove())
  const opened: Live[] = []
  const open = async (options: Partial<Parameters<typeof createRedisLive>[0]> = {}) => {
    const live = await createRedisLive({ url: redis.url, ...options })
    opened.push(live)
    return live
  }
  afterEach(async () => {
    for (const live of opened.splice(0)) await live.stop()
  })

  /** Everything that `live` hears of a topic. */
  const ear = (live: Live, topic: string) => {
    const heard: unknown[] = []
    live.subscribe(topic, (payload) => heard.push(payload))
    return { heard, until: (count: number) => soon(() => expect(heard).toHaveLength(count)) }
  }

  test('what one process signals another hears, in order and once; itself too', async () => {
    const [one, other] = [await open(), await open()]
    const [near, far] = [ear(one, 'show.*'), ear(other, 'show.*')]
    for (let at = 0; at < 3000; at++) one.signal('show.1', { at })
    await far.until(3000)
    const order = Array.from({ length: 3000 }, (_, at) => ({ at }))
    expect(far.heard).toEqual(order)
    expect(near.heard).toEqual(order)
  })

  test('what does not fit a notification of PostgreSQL travels here', async () => {
    const [one, other] = [await open(), await open()]
    const far = ear(other, 'show.1')
    one.signal('show.1', 'x'.repeat(200_000))
    await far.until(1)
    expect(far.heard[0]).toHaveLength(200_000)
  })

  test('who does not hear itself for a while knows, and knows again when it does', async () => {
    const lost = vi.fn()
    const live = await open({ onLost: lost })
    await soon(() => expect(live.connected()).toBe(true))
    redis.freeze()
    await soon(() => expect(live.connected()).toBe(false))
    redis.resume()
    await soon(() => expect(live.connected()).toBe(true))
    expect(live.missed()).toBe(0)
  })

  test('when Redis dies it is known, found again, and what was signalled meanwhile arrives once', async () => {
    const lost = vi.fn()
    const [one, other] = [await open({ onLost: lost }), await open()]
    await soon(() => expect(one.connected() && other.connected()).toBe(true))
    const far = ear(other, 'show.1')
    one.signal('show.1', 'before')
    await far.until(1)
    await redis.kill()
    await soon(() => expect([one.connected(), other.connected()]).toEqual([false, false]))
    expect(lost).toHaveBeenCalledTimes(1)
    one.signal('show.1', 'in the storm')
    await redis.start()
    await soon(() => expect(one.connected() && other.connected()).toBe(true))
    one.signal('show.1', 'after')
    await soon(() => expect(far.heard.at(-1)).toBe('after'))
    expect(new Set(far.heard).size).toBe(far.heard.length)
    expect(other.missed()).toBeGreaterThan(0)
  })

  test('a break too short for the heartbeat counts as one that may have cost a signal', async () => {
    const live = await open()
    await soon(() => expect(live.connected()).toBe(true))
    const admin = connectRedis(redis.url)
    await admin.settled(1000)
    await admin.ask((client) => client.call('client', 'kill', 'type', 'pubsub'))
    await soon(() => expect(live.missed()).toBeGreaterThan(0))
    await soon(() => expect(live.connected()).toBe(true))
    await admin.stop()
  })

  test('what is said twice, because its answer was lost, is heard once', async () => {
    const [one, other] = [await open(), await open()]
    const far = ear(other, 'show.1')
    const between = connectRedis(redis.url)
    await between.settled(1000)
    const echo = connectRedis(redis.url)
    await echo.settled(1000)
    let echoed = 0
    between.client.on('message', (channel, text) => {
      if (!text.includes('show.1') || echoed > 0) return
      echoed += 1
      void echo.client.publish(channel, text).then(() => one.signal('show.1', 'last'))
    })
    await between.client.subscribe('marquee:live')
    one.signal('show.1', 'first')
    await soon(() => expect(far.heard.at(-1)).toBe('last'))
    expect(echoed).toBe(1)
    expect(far.heard).toEqual(['first', 'last'])
    await Promise.all([between.stop(), echo.stop()])
  })

  test('while Redis is away the other way is taken', async () => {
    const wire = createMemoryLive()
    const one = createFallbackLive(await open(), wire)
    const other = createFallbackLive(await open(), wire)
    await soon(() => expect(one.connected() && other.connected()).toBe(true))
    const far = ear(other, 'show.1')
    one.signal('show.1', 'by Redis')
    await far.until(1)
    await redis.kill()
    await soon(() => expect(one.connected()).toBe(false))
    one.signal('show.1', 'without')
    await far.until(2)
    expect(far.heard).toEqual(['by Redis', 'without'])
    await redis.start()
  })
})
