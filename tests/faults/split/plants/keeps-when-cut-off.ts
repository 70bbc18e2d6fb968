import { plantBug } from '../../plants/plant.ts'

// A cache that nobody can tell of changes goes on giving what it has.
plantBug({
  file: 'kit/cache/shared-cache.ts',
  changes: [
    ['if (live.connected()) {', 'if (live.connected() || wasConnected) { return cache.get(key, rule, fill);'],
  ],
})
