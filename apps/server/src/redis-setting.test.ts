import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

test('an address of Redis that cannot be read stops the start with the reason, and without its password', () => {
  const start = () => readSettings({ REDIS_URL: 'redis://me:password@a,b' })
  expect(start).toThrow(/REDIS_URL is "redis:\/\/a,b": names several hosts/)
  expect(start).not.toThrow(/password/)
  expect(readSettings({ REDIS_URL: 'redis+sentinel://a,b/main' }).redisUrl).toBe('redis+sentinel://a,b/main')
  expect(readSettings({}).redisUrl).toBeUndefined()
})
