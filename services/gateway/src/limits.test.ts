import { describe } from 'vitest'
import { memoryLimitStore } from './limits.ts'
import { limitSuite } from './limits-suite.ts'

describe('limits that a gateway counts for itself', () => {
  limitSuite({
    open: async () => {
      const store = memoryLimitStore()
      return [store, store]
    },
  })
})
