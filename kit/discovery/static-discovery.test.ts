import { describe } from 'vitest'
import { discoverySuite } from './discovery-suite.ts'
import { createStaticDiscovery } from './index.ts'

describe('configured addresses', () => {
  discoverySuite(async () => {
    const there = new Set<string>()
    return {
      appear: async (address) => void there.add(address),
      vanish: async (address) => void there.delete(address),
      open: async () => createStaticDiscovery(() => ({ booking: [...there] })),
      close: async () => {},
    }
  }, ['http://10.0.0.1:3100', 'http://10.0.0.2:3100'])
})
