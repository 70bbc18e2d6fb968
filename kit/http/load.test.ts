import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMetrics } from '../telemetry/index.ts'
import { createLoad, type ShedOrder } from './load.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const orders: readonly ShedOrder[] = ['first', 'later', 'last']
function open(limits = { delayMilliseconds: 100, requests: 10 }) {
  const loop = { delay: 0 }
  const metrics = createMetrics('server')
  const load = createLoad(limits, { metrics, random: () => 0.9, sampleDelay: () => loop.delay })
  const taken = () =>
    orders.filter((order) => {
      const isIn = load.enter(() => order)
      if (isIn) load.leave()
      return isIn
    })
  return { load, loop, metrics, taken }
}

test('one long pause refuses nobody; a loop that stays late refuses browsing, then buying, then the door', () => {
  const { loop, taken } = open()
  loop.delay = 150
  vi.advanceTimersByTime(250)
  expect(taken()).toEqual(orders)
  vi.advanceTimersByTime(250)
  expect(taken()).toEqual(['later', 'last'])
  loop.delay = 250
  vi.advanceTimersByTime(500)
  expect(taken()).toEqual(['last'])
  loop.delay = 450
  vi.advanceTimersByTime(500)
  expect(taken()).toEqual([])
})

test('it lets people in again only when it has been calm for a second, a kind at a time', () => {
  const { loop, taken } = open()
  loop.delay = 250
  vi.advanceTimersByTime(1000)
  expect(taken()).toEqual(['last'])
  loop.delay = 90
  vi.advanceTimersByTime(750)
  expect(taken()).toEqual(['last'])
  vi.advanceTimersByTime(250)
  expect(taken()).toEqual(['later', 'last'])
  vi.advanceTimersByTime(5000)
  expect(taken(), 'nine tenths of the limit is not calm').toEqual(['later', 'last'])
  loop.delay = 10
  vi.advanceTimersByTime(1000)
  expect(taken()).toEqual(orders)
})

test('too many at once are refused at once, the door last, and taken again when a fifth has left', async () => {
  const { load, taken, metrics } = open()
  for (let at = 0; at < 10; at++) load.enter(() => 'first')
  expect(taken()).toEqual(['later', 'last'])
  load.leave()
  expect(taken()).toEqual(['later', 'last'])
  load.leave()
  load.leave()
  expect(taken()).toEqual(orders)
  expect(load.retryAfter()).toBe(3)
  expect(await metrics.text()).toContain('marquee_shed_requests_total{service="server",order="first"} 2')
})
