import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMetrics, silentLogger } from '../telemetry/index.ts'
import { createJobRunner, every, type Job } from './jobs.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const metrics = () => createMetrics('booking')
const run = (jobs: Job[], of = metrics()) => createJobRunner(jobs, { log: silentLogger, metrics: of })

test('a job runs at its interval, counted from the end of the run before', async () => {
  let runs = 0
  const runner = run([every('sweep-holds', { milliseconds: 500 }, async () => void runs++)])
  runner.start()
  await vi.advanceTimersByTimeAsync(499)
  expect(runs).toBe(0)
  await vi.advanceTimersByTimeAsync(1001)
  expect(runs).toBe(3)
  await runner.stop()
})

test('a job never overlaps itself, even when it is asked for meanwhile', async () => {
  const gate = Promise.withResolvers<void>()
  const log: string[] = []
  const runner = run([
    every('sweep-holds', { milliseconds: 500 }, async () => {
      log.push('begin')
      await gate.promise
      log.push('end')
    }),
  ])
  runner.start()
  await vi.advanceTimersByTimeAsync(5000)
  const asked = runner.runJob('sweep-holds')
  await vi.advanceTimersByTimeAsync(5000)
  expect(log).toEqual(['begin'])
  gate.resolve()
  await asked
  expect(log).toEqual(['begin', 'end', 'begin', 'end'])
  await runner.stop()
})

test('a job that fails is counted and runs again', async () => {
  const of = metrics()
  const runner = run(
    [every('refund', { milliseconds: 100 }, () => Promise.reject(new Error('no answer')))],
    of,
  )
  runner.start()
  await vi.advanceTimersByTimeAsync(250)
  await runner.stop()
  expect(await of.text()).toContain(
    'marquee_job_runs_total{service="booking",job="refund",outcome="failed"} 2',
  )
  await expect(runner.runJob('refund')).rejects.toThrow('no answer')
})

test('a stop waits for the run in hand, and none begins after', async () => {
  const gate = Promise.withResolvers<void>()
  let ended = 0
  const runner = run([
    every('refund', { milliseconds: 100 }, async () => {
      await gate.promise
      ended += 1
    }),
  ])
  runner.start()
  await vi.advanceTimersByTimeAsync(100)
  const stopped = runner.stop()
  gate.resolve()
  await stopped
  await vi.advanceTimersByTimeAsync(1000)
  expect(ended).toBe(1)
})

test('a run that goes on until it is told to end does not keep a stop waiting, and is no failure', async () => {
  const of = metrics()
  const untilTold = (stopping: AbortSignal) =>
    new Promise<void>((_, reject) => {
      stopping.addEventListener('abort', () => reject(stopping.reason))
    })
  const runner = run([every('refresh-neighbours', { milliseconds: 100 }, untilTold)], of)
  runner.start()
  await vi.advanceTimersByTimeAsync(100)
  await runner.stop()
  expect(await of.text()).toContain(
    'marquee_job_runs_total{service="booking",job="refresh-neighbours",outcome="ended"} 1',
  )
})
