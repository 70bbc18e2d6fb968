import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cache } from './cache.ts'

type Make = (options: { maxBytes?: number; now: () => number }) => Cache

/** What every adapter of `Cache` must do. */
export function cacheSuite(make: Make): void {
  const open = (maxBytes?: number) => {
    const clock = { ms: 0 }
    return { cache: make({ ...(maxBytes ? { maxBytes } : {}), now: () => clock.ms }), clock }
  }
  const deferred = <T>() => Promise.withResolvers<T>()

  test('an answer is made once and given again until its time is over', async () => {
    const { cache, clock } = open()
    let made = 0
    const ask = () => cache.get('films', { seconds: 10 }, () => ({ made: ++made }))
    expect([await ask(), await ask()]).toEqual([{ made: 1 }, { made: 1 }])
    clock.ms = 10_001
    expect(await ask()).toEqual({ made: 2 })
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 2 })
  })

  test('a crowd that asks at once costs one answer', async () => {
    const { cache } = open()
    let made = 0
    const gate = deferred<void>()
    const ask = () =>
      cache.get('films', { seconds: 10 }, async () => {
        made += 1
        await gate.promise
        return made
      })
    const crowd = Array.from({ length: 50 }, ask)
    gate.resolve()
    expect(new Set(await Promise.all(crowd))).toEqual(new Set([1]))
  })

  test('an answer that was being made when its source changed is not kept', async () => {
    const { cache } = open()
    const gate = deferred<string>()
    const early = cache.get('film', { seconds: 10, tags: ['movie:1'] }, () => gate.promise)
    await cache.invalidate(['movie:1'])
    gate.resolve('old')
    expect(await early).toBe('old')
    expect(await cache.get('film', { seconds: 10, tags: ['movie:1'] }, () => 'new')).toBe('new')
  })

  test('who asks after a change does not wait for an answer begun before it', async () => {
    const { cache } = open()
    const gate = deferred<string>()
    const rule = { seconds: 10, tags: ['movie:1'] }
    const early = cache.get('film', rule, () => gate.promise)
    await cache.invalidate(['movie:1'])
    expect(await cache.get('film', rule, () => 'new')).toBe('new')
    gate.resolve('old')
    await early
    expect(await cache.get('film', rule, () => 'newer')).toBe('new')
  })

  test('a change elsewhere leaves an answer alone', async () => {
    const { cache } = open()
    const rule = { seconds: 10, tags: ['movie:1'] }
    await cache.get('film', rule, () => 'first')
    await cache.invalidate(['movie:2'])
    expect(await cache.get('film', rule, () => 'second')).toBe('first')
  })

  test('an answer past its time is still given while one caller refreshes it', async () => {
    const { cache, clock } = open()
    const rule = { seconds: 1, staleSeconds: 60 }
    await cache.get('home', rule, () => 'first')
    clock.ms = 2000
    let made = 0
    const refresh = deferred<string>()
    const ask = () =>
      cache.get('home', rule, () => {
        made += 1
        return refresh.promise
      })
    expect([await ask(), await ask()]).toEqual(['first', 'first'])
    refresh.resolve('second')
    await expect.poll(ask, { interval: 1 }).toBe('second')
    expect(made).toBe(1)
  })

  test('a refresh that fails behind leaves the old answer for its time', async () => {
    const { cache, clock } = open()
    const rule = { seconds: 1, staleSeconds: 60 }
    await cache.get('home', rule, () => 'first')
    clock.ms = 2000
    const broken = () => {
      throw new Error('the source is down')
    }
    expect(await cache.get('home', rule, broken)).toBe('first')
    await new Promise(setImmediate)
    clock.ms = 62_000
    await expect(cache.get('home', rule, broken)).rejects.toThrow('the source is down')
  })

  test('an answer that was declared out of date is never given stale', async () => {
    const { cache, clock } = open()
    const rule = { seconds: 1, staleSeconds: 60, tags: ['movie:1'] }
    await cache.get('home', rule, () => 'first')
    clock.ms = 2000
    await cache.invalidate(['movie:1'])
    expect(await cache.get('home', rule, () => 'second')).toBe('second')
  })

  test('a failure is not kept, nor is an answer of nothing', async () => {
    const { cache } = open()
    const rule = { seconds: 10 }
    await expect(cache.get('a', rule, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await cache.get('a', rule, () => 'up')).toBe('up')
    expect(await cache.get<string | undefined>('b', rule, () => undefined)).toBeUndefined()
    expect(await cache.get('b', rule, () => 'there')).toBe('there')
  })

  test('nobody can change what the next one gets', async () => {
    const { cache } = open()
    const ask = () => cache.get('list', { seconds: 10 }, () => ({ items: ['a'] }))
    const mine = await ask()
    expect(() => mine.items.push('b')).toThrow(TypeError)
    expect(await ask()).toEqual({ items: ['a'] })
  })

  test('what is kept stays within the bytes allowed; the least asked for goes first', async () => {
    const { cache } = open(100_000)
    for (let film = 0; film < 50; film++) {
      await cache.get(`film:${film}`, { seconds: 10 }, () => Buffer.alloc(10_000))
      await cache.get('film:0', { seconds: 10 }, () => Buffer.from('made again'))
    }
    const { bytes, evictions } = cache.stats()
    expect(bytes).toBeLessThanOrEqual(100_000)
    expect(evictions).toBeGreaterThan(30)
    expect(await cache.get('film:0', { seconds: 10 }, () => Buffer.from('made again'))).toHaveLength(10_000)
  })

  test('room is kept for what an answer may come to take', async () => {
    const { cache } = open(100_000)
    for (let film = 0; film < 10; film++)
      await cache.get(`film:${film}`, { seconds: 10, spareBytes: () => 40_000 }, () => 'small')
    expect(cache.stats().entries).toBe(2)
  })

  test('however reads, changes and time interleave, nobody who asks after a change sees what was before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(step, { maxLength: 40 }), (scheduler, steps) =>
        interleave(make, scheduler, steps),
      ),
      { numRuns: 500 },
    )
  })
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ask' as const), key: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('change' as const), tag: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(900) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('proceed' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Key 0 is made of tag 0, key 1 of both; each source has a version that a change raises. */
async function interleave(make: Make, scheduler: fc.Scheduler, steps: Step[]): Promise<void> {
  const clock = { ms: 0 }
  const cache = make({ now: () => clock.ms })
  const source = [0, 0]
  const tagsOf = (key: number) => (key === 0 ? ['t0'] : ['t0', 't1'])
  const read = (key: number) => (key === 0 ? [source[0] ?? 0] : [...source])
  const fill = async (key: number) => {
    await scheduler.schedule(Promise.resolve(), 'reading')
    const seen = read(key)
    await scheduler.schedule(Promise.resolve(), 'answering')
    return seen
  }
  const ask = async (key: number) => {
    const before = read(key)
    const got = await cache.get(`k${key}`, { seconds: 1, staleSeconds: 1, tags: tagsOf(key) }, () =>
      fill(key),
    )
    for (const [index, version] of before.entries()) expect(got[index]).toBeGreaterThanOrEqual(version)
  }

  const asked: Promise<void>[] = []
  for (const one of steps) {
    if (one.kind === 'ask') asked.push(ask(one.key))
    else if (one.kind === 'wait') clock.ms += one.ms
    else if (one.kind === 'proceed') {
      if (scheduler.count() > 0) await scheduler.waitOne()
    } else {
      source[one.tag] = (source[one.tag] ?? 0) + 1
      await cache.invalidate([`t${one.tag}`])
    }
  }
  asked.push(ask(0), ask(1))
  await scheduler.waitFor(Promise.all(asked))
}
