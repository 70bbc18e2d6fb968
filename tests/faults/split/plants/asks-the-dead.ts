import { plantBug } from '../../plants/plant.ts'

// Whoever does not answer is asked as often as anybody, and nobody else is asked instead.
plantBug({
  file: 'kit/contract/http-link.ts',
  changes: [['const mostInstances = 3', 'const mostInstances = 1']],
})
plantBug({
  file: 'kit/discovery/balancer.ts',
  changes: [
    ['standingOf(address).restsUntil <= now()', 'standingOf(address).restsUntil <= Number.POSITIVE_INFINITY'],
  ],
})
