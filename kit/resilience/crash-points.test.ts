import { expect, test } from 'vitest'
import { createCrashPoint } from './crash-points.ts'

test('a process dies at the named point, the time it was told, and nowhere else', () => {
  let deaths = 0
  const crashPoint = createCrashPoint({ MARQUEE_CRASH_AT: 'till.closed:2' }, () => deaths++)
  crashPoint('till.opened')
  crashPoint('till.closed')
  expect(deaths).toBe(0)
  crashPoint('till.closed')
  expect(deaths).toBe(1)
})

test('points do nothing unless asked for, and are refused in production', () => {
  expect(() => createCrashPoint({})('till.closed')).not.toThrow()
  expect(() => createCrashPoint({ MARQUEE_CRASH_AT: 'x', NODE_ENV: 'production' })).toThrow('production')
  expect(() => createCrashPoint({ MARQUEE_CRASH_AT: 'till closed' })).toThrow('name:nth')
})
