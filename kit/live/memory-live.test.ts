import { describe } from 'vitest'
import { liveSuite } from './live-suite.ts'
import { createMemoryLive } from './memory-live.ts'

describe('live signals in one process', () => {
  liveSuite(async (options) => createMemoryLive(options))
})
