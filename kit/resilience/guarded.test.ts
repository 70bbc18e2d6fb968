import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMetrics } from '../telemetry/index.ts'
import { guarded, timeLeft, within } from './index.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const name = 'theaters.getShow'
const down = () => Promise.reject(new Error('the theater is down'))
const never = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

test('a call that takes too long is given up, and is told so', async () => {
  let told: AbortSignal | undefined
  const call = guarded({ name, deadlineMilliseconds: 1000 }, (signal) => {
    told = signal
    return never(signal)
  })
  const answer = expect(call()).rejects.toMatchObject({ code: 'timeout' })
  await vi.advanceTimersByTimeAsync(1000)
  await answer
  expect(told?.aborted).toBe(true)
})

test('a call that may be made twice is tried again', async () => {
  let tries = 0
  const call = guarded(
    { name, deadlineMilliseconds: 5000, retry: { times: 2, safe: () => true } },
    async () => {
      tries += 1
      return tries < 3 ? down() : 'open'
    },
  )
  const answer = call()
  await vi.runAllTimersAsync()
  expect(await answer).toBe('open')
})

test('a call that must not be made twice is made once', async () => {
  let tries = 0
  const call = guarded(
    { name, deadlineMilliseconds: 5000, retry: { times: 2, safe: (what: string) => what === 'look' } },
    async (_, __: string) => {
      tries += 1
      return down()
    },
  )
  await expect(call('pay')).rejects.toThrow('the theater is down')
  expect(tries).toBe(1)
})

test('an answer that is only a refusal is neither retried nor held against the other side', async () => {
  let tries = 0
  const call = guarded(
    {
      name,
      deadlineMilliseconds: 5000,
      retry: { times: 2, safe: () => true },
      breaker: { failures: 2, restMilliseconds: 10_000 },
      isFailure: (error) => !(error instanceof RangeError),
    },
    async () => {
      tries += 1
      throw new RangeError('no such show')
    },
  )
  for (let time = 0; time < 5; time++) await expect(call()).rejects.toThrow('no such show')
  expect(tries).toBe(5)
})

test('who fails too often is left alone, then tried again', async () => {
  let tries = 0
  let up = false
  const call = guarded(
    { name, deadlineMilliseconds: 1000, breaker: { failures: 3, restMilliseconds: 10_000 } },
    async () => {
      tries += 1
      return up ? 'open' : down()
    },
  )
  for (let time = 0; time < 3; time++) await expect(call()).rejects.toThrow('down')
  await expect(call()).rejects.toMatchObject({ code: 'resting' })
  expect(tries).toBe(3)
  up = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await call()).toBe('open')
})

test('while one call tries whether all is well again, nobody waits for it', async () => {
  const trial = Promise.withResolvers<string>()
  let tries = 0
  const call = guarded(
    { name, deadlineMilliseconds: 5000, breaker: { failures: 1, restMilliseconds: 1000 } },
    () => {
      tries += 1
      return tries === 1 ? down() : trial.promise
    },
  )
  await expect(call()).rejects.toThrow('down')
  await vi.advanceTimersByTimeAsync(1000)
  const tried = call()
  await expect(call()).rejects.toMatchObject({ code: 'resting' })
  expect(tries).toBe(2)
  trial.resolve('open')
  expect(await tried).toBe('open')
  expect(await call()).toBe('open')
})

test('a crowd beyond what may wait is turned away at once', async () => {
  const gate = Promise.withResolvers<string>()
  const call = guarded(
    { name, deadlineMilliseconds: 1000, atOnce: { calls: 1, waiting: 1 } },
    () => gate.promise,
  )
  const [first, second] = [call(), call()]
  await expect(call()).rejects.toMatchObject({ code: 'overloaded' })
  gate.resolve('open')
  expect(await Promise.all([first, second])).toEqual(['open', 'open'])
})

test('a declared fallback answers instead, and the figures say so', async () => {
  const metrics = createMetrics('web')
  const call = guarded({ name, deadlineMilliseconds: 1000, fallback: () => 'trending', metrics }, () =>
    down(),
  )
  expect(await call()).toBe('trending')
  expect(await metrics.text()).toContain(
    'marquee_guarded_calls_total{service="web",call="theaters.getShow",outcome="fallback"} 1',
  )
})

test('tries, room and rest are figures that an operator can watch', async () => {
  const metrics = createMetrics('web')
  const gate = Promise.withResolvers<string>()
  let up = true
  const call = guarded(
    {
      name,
      deadlineMilliseconds: 5000,
      retry: { times: 1, safe: () => true },
      breaker: { failures: 2, restMilliseconds: 10_000 },
      metrics,
    },
    () => (up ? gate.promise : down()),
  )
  const figure = async (metric: string) =>
    (await metrics.text()).match(new RegExp(`^marquee_guarded_${metric}\\{.*\\} (\\d+)$`, 'm'))?.[1]
  const answers = [call(), call()]
  await vi.advanceTimersByTimeAsync(0)
  expect(await figure('calls_running')).toBe('2')
  gate.resolve('open')
  await Promise.all(answers)
  expect(await figure('calls_running')).toBe('0')
  up = false
  const failed = expect(call()).rejects.toThrow('down')
  await vi.runAllTimersAsync()
  await failed
  expect(await figure('retries_total')).toBe('1')
  expect(await figure('calls_resting')).toBe('1')
})

test('a call that fails after others opened the breaker is tried again, and says what happened', async () => {
  const metrics = createMetrics('web')
  const late = Promise.withResolvers<string>()
  let up = false
  const call = guarded(
    {
      name,
      deadlineMilliseconds: 5000,
      retry: { times: 1, safe: (what: string) => what === 'look' },
      breaker: { failures: 1, restMilliseconds: 0 },
      metrics,
    },
    (_, what: string) => {
      if (up) return Promise.resolve('open')
      return what === 'pay' ? down() : late.promise
    },
  )
  const [looked, paid] = [call('look'), call('pay')]
  await expect(paid).rejects.toThrow('down')
  late.reject(new Error('cut off in the middle'))
  up = true
  await vi.runAllTimersAsync()
  expect(await looked).toBe('open')
  expect(await metrics.text()).toContain(
    'marquee_guarded_retries_total{service="web",call="theaters.getShow"} 1',
  )
})

test('whoever waited for room has their own time, not that of who made it', async () => {
  const gate = Promise.withResolvers<void>()
  const left: (number | undefined)[] = []
  const call = guarded({ name, deadlineMilliseconds: 9000, atOnce: { calls: 1, waiting: 1 } }, async () => {
    left.push(timeLeft())
    await gate.promise
    return 'open'
  })
  const first = within(1000, call)
  const second = within(5000, call)
  await vi.advanceTimersByTimeAsync(200)
  gate.resolve()
  await Promise.all([first, second])
  expect(left).toEqual([1000, 4800])
})

test('whoever waits behind one that gave up is let in as soon as there is room', async () => {
  const gate = Promise.withResolvers<string>()
  const began: string[] = []
  const call = guarded(
    { name, deadlineMilliseconds: 9000, atOnce: { calls: 1, waiting: 2 } },
    (_signal, who: string) => {
      began.push(who)
      return who === 'first' ? gate.promise : Promise.resolve(who)
    },
  )
  const first = call('first')
  const impatient = expect(within(20, () => call('impatient'))).rejects.toThrow('did not answer in time')
  const patient = call('patient')
  await vi.advanceTimersByTimeAsync(100)
  await impatient
  gate.resolve('done')
  expect(await first).toBe('done')
  await vi.advanceTimersByTimeAsync(0)
  expect(began).toEqual(['first', 'patient'])
  expect(await patient).toBe('patient')
})
