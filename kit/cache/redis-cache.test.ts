import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createMemoryLive } from '../live/index.ts'
import { connectRedis, type RedisConnection } from '../redis/connect-redis.ts'
import {
  type BorrowedEngine,
  borrowRedis,
  isAtOnce,
  type RedisEngine,
  redisAtHand,
  redisReachable,
  startRedis,
} from '../testing/index.ts'
import { cacheSuite } from './cache-suite.ts'
import { createMemoryCache } from './memory-cache.ts'
import { createRedisCacheLevel } from './redis-cache-level.ts'
import { createSharedCache } from './shared-cache.ts'

describe.skipIf(!redisReachable())('the cache with Redis behind its memory', () => {
  let redis: BorrowedEngine
  let connection: RedisConnection
  beforeAll(async () => {
    redis = await borrowRedis()
    connection = connectRedis(redis.url, { commandTimeout: 1000 })
    await connection.settled(5000)
  })
  afterAll(async () => {
    await connection.stop()
    await redis.remove()
  })

  cacheSuite((options) => {
    const second = createRedisCacheLevel({ redis: connection, release: randomUUID(), now: options.now })
    return createSharedCache({
      cache: createMemoryCache({ ...options, second }),
      second,
      live: createMemoryLive(),
    })
  })
})

describe.skipIf(!redisAtHand())('a Redis behind the cache that processes share, and lose', () => {
  let redis: RedisEngine
  let connection: RedisConnection
  let release: string
  beforeAll(async () => {
    redis = await startRedis()
    connection = connectRedis(redis.url, { commandTimeout: 1000 })
    await connection.settled(5000)
  })
  beforeEach(() => {
    release = randomUUID()
  })
  afterAll(async () => {
    await connection.stop()
    await redis.remove()
  })

  type Options = { line?: Pick<RedisConnection, 'ask'>; live?: ReturnType<typeof createMemoryLive> }
  const process = ({ line = connection, live = createMemoryLive() }: Options, now?: () => number) => {
    const second = createRedisCacheLevel({
      redis: { ...connection, ...line },
      release,
      ...(now ? { now } : {}),
    })
    return createSharedCache({ cache: createMemoryCache({ second, ...(now ? { now } : {}) }), second, live })
  }

  const rule = { seconds: 60, tags: ['movie:1'] }
  /** What a process that has just started finds. */
  const newcomer = (fill: () => unknown, key = 'page') => process({}).get(key, rule, fill)

  test('what one process made another finds, bytes and all, with the time it has left', async () => {
    const clock = { ms: 0 }
    const now = () => clock.ms
    const made = { status: 200, plain: Buffer.from('Vertigo'), headers: { a: 'b' } }
    await process({}, now).get('page', rule, () => made)
    await expect.poll(() => process({}, now).get('page', rule, () => undefined)).toEqual(made)
    clock.ms = 40_000
    const other = process({}, now)
    expect(await other.get('page', rule, () => 'made anew')).toEqual(made)
    clock.ms = 61_000
    expect(await other.get('page', rule, () => 'made anew')).toBe('made anew')
  })

  test('an answer made before the clock was set back is made anew, not kept for ever', async () => {
    const clock = { ms: 1_000_000 }
    const now = () => clock.ms
    await process({}, now).get('page', rule, () => 'old')
    await expect.poll(() => process({}, now).get('page', rule, () => undefined)).toBe('old')
    clock.ms = 0
    expect(await process({}, now).get('page', rule, () => 'anew')).toBe('anew')
  })

  test('another release shares no answers, and hears what is out of date', async () => {
    const old = process({})
    await old.get('page', rule, () => 'as of old')
    await expect.poll(() => newcomer(() => undefined)).toBe('as of old')
    const before = release
    release = randomUUID()
    const next = process({})
    expect(await next.get('page', rule, () => 'as of now')).toBe('as of now')
    await next.invalidate(['movie:1'])
    release = before
    expect(await newcomer(() => 'anew')).toBe('anew')
  })

  test('nothing that Redis lost, forgot or got back from an older copy is ever given', async () => {
    const one = process({})
    const store = (key: string) => one.get(key, rule, () => 'old')
    await store('flushed')
    await connection.client.flushall()
    expect(await newcomer(() => 'new', 'flushed')).toBe('new')

    await store('restarted')
    await connection.client.flushall()
    await one.clear()
    await store('restarted')
    await expect.poll(() => newcomer(() => undefined, 'restarted')).toBe('old')
    const saved = await dump()
    await one.invalidate(['movie:1'])
    await redis.kill()
    await redis.start()
    await expect.poll(() => connection.usable()).toBe(true)
    for (const { key, bytes } of saved) await connection.client.restore(key, 0, bytes)
    expect(await newcomer(() => 'new', 'restarted')).toBe('new')
  })

  async function dump() {
    const keys = await connection.client.keys('*')
    return Promise.all(
      keys.map(async (key) => ({ key, bytes: (await connection.client.dumpBuffer(key)) ?? Buffer.alloc(0) })),
    )
  }

  test('an answer begun before a change that another process made is not kept for anybody', async () => {
    const gate = Promise.withResolvers<string>()
    const asked = Promise.withResolvers<void>()
    const early = process({}).get('page', rule, () => {
      asked.resolve()
      return gate.promise
    })
    await asked.promise
    await process({}).invalidate(['movie:1'])
    gate.resolve('old')
    expect(await early).toBe('old')
    expect(await newcomer(() => 'new')).toBe('new')
  })

  test('not even when Redis forgot that there was a change', async () => {
    await connection.client.flushall()
    const gate = Promise.withResolvers<string>()
    const asked = Promise.withResolvers<void>()
    const early = process({}).get('page', rule, () => {
      asked.resolve()
      return gate.promise
    })
    await asked.promise
    await process({}).invalidate(['movie:1'])
    await connection.client.flushall()
    await newcomer(() => undefined)
    gate.resolve('old')
    await early
    expect(await newcomer(() => 'new')).toBe('new')
  })

  test('who changed something while Redis was out of reach does not find there what was before', async () => {
    let away = false
    const line: Options['line'] = {
      ask: (work) => (away ? Promise.resolve({ there: false }) : connection.ask(work)),
    }
    const one = process({ line })
    await one.get('page', rule, () => 'old')
    await expect.poll(() => newcomer(() => undefined)).toBe('old')
    away = true
    await one.invalidate(['movie:1'])
    away = false
    expect(await one.get('page', rule, () => 'new')).toBe('new')
    await expect.poll(() => newcomer(() => 'newer')).not.toBe('old')
  })

  test('what Redis could not be told is told later, and nobody who heard trusts it before', async () => {
    const live = createMemoryLive()
    let away = true
    const line: Options['line'] = {
      ask: (work) => (away ? Promise.resolve({ there: false }) : connection.ask(work)),
    }
    const [cutOff, other] = [process({ line, live }), process({ live })]
    await other.get('page', rule, () => 'old')
    await expect.poll(() => newcomer(() => undefined)).toBe('old')
    await cutOff.invalidate(['movie:1'])
    await live.settle()
    expect(await other.get('page', rule, () => 'new')).toBe('new')
    away = false
    await expect.poll(() => newcomer(() => 'newer')).not.toBe('old')
  })

  test('a Redis that hangs delays one answer by its timeout, and no other', async () => {
    const slow = connectRedis(redis.url, { commandTimeout: 100 })
    await slow.settled(5000)
    const one = process({ line: slow })
    redis.freeze()
    expect(await one.get('film:first', rule, () => 'first')).toBe('first')
    for (let film = 0; film < 50; film++) {
      const asked = one.get(`film:${film}`, rule, () => film)
      expect(await isAtOnce(asked)).toBe(true)
      expect(await asked).toBe(film)
    }
    expect(await isAtOnce(one.invalidate(['movie:1']))).toBe(true)
    expect(await one.get('film:0', rule, () => 'new')).toBe('new')
    redis.resume()
    await slow.stop()
    await expect.poll(() => connection.usable()).toBe(true)
  })

  test('however two processes read, change, lose Redis and get it back, nobody who asks after a change sees what was before', async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), fc.array(step, { maxLength: 40 }), race), {
      numRuns: 1500,
    })
  }, 120_000)

  async function race(scheduler: fc.Scheduler, steps: Step[]): Promise<void> {
    release = randomUUID()
    const live = createMemoryLive()
    const lines = [new Map<'is', Way>(), new Map<'is', Way>()] as const
    const processes = lines.map((way) =>
      process({ live, line: { ask: (work) => travel(way.get('is') ?? 'well', work) } }),
    )
    const source = [0, 0]
    const tagsOf = (key: number) => (key === 0 ? ['t0'] : ['t0', 't1'])
    const read = (key: number) => (key === 0 ? [source[0] ?? 0] : [...source])
    const ask = async (at: number, key: number) => {
      const before = read(key)
      const got = await processes[at]?.get(`k${key}`, { seconds: 60, tags: tagsOf(key) }, async () => {
        await scheduler.schedule(Promise.resolve(), 'reading')
        const seen = read(key)
        await scheduler.schedule(Promise.resolve(), 'answering')
        return seen
      })
      for (const [index, version] of before.entries()) expect(got?.[index]).toBeGreaterThanOrEqual(version)
    }
    const asked: Promise<void>[] = []
    for (const one of steps) {
      if (one.kind === 'ask') asked.push(ask(one.at, one.key))
      else if (one.kind === 'way') lines[one.at]?.set('is', one.way)
      else if (one.kind === 'flush') await connection.client.flushall()
      else if (one.kind === 'proceed') {
        if (scheduler.count() > 0) await scheduler.waitOne()
        else await new Promise(setImmediate)
      } else {
        source[one.tag] = (source[one.tag] ?? 0) + 1
        await processes[one.at]?.invalidate([`t${one.tag}`])
        await live.settle()
      }
    }
    for (const at of [0, 1]) asked.push(ask(at, 0), ask(at, 1))
    await scheduler.waitFor(Promise.all(asked))
  }

  /** Well; cut off; or reached while the answer is lost. */
  type Way = 'well' | 'cut' | 'deaf'
  const travel: (way: Way, work: Parameters<RedisConnection['ask']>[0]) => Promise<never> = async (
    way,
    work,
  ) => {
    if (way === 'cut') return { there: false } as never
    const answer = await connection.ask(work)
    return (way === 'deaf' ? { there: false } : answer) as never
  }

  const at = fc.nat(1)
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('ask' as const), at, key: fc.nat(1) }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('change' as const), at, tag: fc.nat(1) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('way' as const),
        at,
        way: fc.constantFrom<Way>('well', 'well', 'cut', 'deaf'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('flush' as const) }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('proceed' as const) }) },
  )
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
})
