import { describe, expect, test } from 'vitest'
import { cacheSuite } from './cache-suite.ts'
import { createMemoryCache } from './memory-cache.ts'
import { createTagGenerations } from './tag-generations.ts'

describe('the cache in memory', () => {
  cacheSuite((options) => createMemoryCache(options))
})

test('a tag that was forgotten for room still counts as changed', () => {
  const generations = createTagGenerations(2)
  const kept = { begun: generations.now(), tags: ['a'] }
  for (const tag of ['a', 'b', 'c']) generations.invalidate([tag])
  expect(generations.isCurrent(kept)).toBe(false)
  expect(generations.isCurrent({ begun: generations.now(), tags: ['a'] })).toBe(true)
})
