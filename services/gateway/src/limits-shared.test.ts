import { loadRedis, type RedisConnection } from '@marquee/kit/redis'
import { type RedisEngine, redisAtHand, startRedis } from '@marquee/kit/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createLimits, type LimitAnswer } from './limits.ts'
import { sharedLimitStore } from './limits-shared.ts'

describe.skipIf(!redisAtHand())('limits that gateways share', () => {
  let redis: RedisEngine
  let connections: RedisConnection[]
  // What is counted exactly is so while Redis answers in time, however busy the machine.
  let patient: RedisConnection[]
  beforeAll(async () => {
    const { connectRedis } = await loadRedis()
    redis = await startRedis()
    connections = [connectRedis(redis.url), connectRedis(redis.url)]
    patient = [redis.url, redis.url].map((url) => connectRedis(url, { commandTimeout: 10_000 }))
    for (const connection of [...connections, ...patient]) await connection.settled(5000)
  })
  afterAll(async () => {
    for (const connection of [...connections, ...patient]) await connection.stop()
    await redis.remove()
  })
  beforeEach(async () => {
    await expect.poll(() => [...connections, ...patient].every((one) => one.usable())).toBe(true)
    await connections[0]?.client.flushall()
  })

  const clock = { now: Temporal.Instant.from('2026-11-21T18:00:00Z') }
  const limits = {
    auth: { perIdentity: 20, perNetwork: 100, windowSeconds: 60 },
    default: { perIdentity: 600, perNetwork: 3000, windowSeconds: 60 },
  }
  /** Gateways that share a Redis, and which of them counted alone, call by call. */
  function gateways(over = connections) {
    const alone: number[] = []
    const doors = over.map((connection, at) =>
      createLimits({
        limits,
        store: sharedLimitStore({
          redis: connection,
          onAlone: () => alone.push(at),
        }),
        now: () => clock.now,
      }),
    )
    return { doors, alone }
  }
  type Door = ReturnType<typeof createLimits>
  const knock = async (door: Door | undefined, name: string, identity?: string): Promise<LimitAnswer> =>
    door?.({ name, identity, network: '192.0.2.1' }) ?? { allowed: true }
  /** Knocks one by one; how many of them had to wait. */
  async function knocks(door: Door | undefined, name: string, identity: string, times: number) {
    const answers: LimitAnswer[] = []
    let waited = 0
    for (let at = 0; at < times; at++) {
      const verdict = door?.({ name, identity, network: '192.0.2.1' }) ?? { allowed: true }
      if (verdict instanceof Promise) waited += 1
      answers.push(await verdict)
    }
    return { answers, waited }
  }
  const allowed = (answers: LimitAnswer[]) => answers.filter((one) => one.allowed).length

  test('far from the limit nobody waits for Redis, nor past it; near it the count is exact but for a tenth', async () => {
    const { doors } = gateways(patient)
    let waited = 0
    let through = 0
    for (let call = 0; call < 4000; call++) {
      const verdict = doors[call % 2]?.({ name: 'default', identity: undefined, network: '192.0.2.1' })
      if (verdict instanceof Promise) waited += 1
      if ((await verdict)?.allowed) through += 1
    }
    expect(through).toBeGreaterThanOrEqual(3000)
    expect(through).toBeLessThanOrEqual(3300)
    expect(waited).toBeLessThan(1700)
    expect(waited).toBeGreaterThan(1000)
  })

  test('a Redis that forgot does not let anybody begin again at the same gateway', async () => {
    const { doors } = gateways()
    for (let call = 0; call < 25; call++) await knock(doors[0], 'auth', 'eve')
    await connections[0]?.client.flushall()
    expect(await knock(doors[0], 'auth', 'eve')).toMatchObject({ allowed: false })
  })

  test('what is counted leaves Redis by itself', async () => {
    const { doors } = gateways()
    await knock(doors[0], 'auth', 'ada')
    const keys = (await connections[0]?.client.keys('marquee:limit:*')) ?? []
    expect(keys).toHaveLength(2)
    for (const key of keys) expect(await connections[0]?.client.ttl(key)).toBeGreaterThan(0)
  })

  test('while Redis is away each gateway counts for itself, fails nobody, and waits for nobody', async () => {
    const { doors, alone } = gateways()
    for (let call = 0; call < 10; call++) await knock(doors[0], 'auth', 'ada')
    await redis.kill()
    await expect.poll(() => connections.some((one) => one.usable())).toBe(false)
    const { answers, waited } = await knocks(doors[0], 'auth', 'ada', 50)
    expect(waited).toBe(0)
    expect(allowed(answers)).toBe(10)
    expect(alone).toContain(0)
    await redis.start()
  })

  test('a Redis that hangs keeps one call waiting a moment and no other', async () => {
    const { doors } = gateways()
    redis.freeze()
    const { answers, waited } = await knocks(doors[0], 'auth', 'ada', 15)
    expect(allowed(answers)).toBe(15)
    expect(waited).toBe(1)
    redis.resume()
  })
})
