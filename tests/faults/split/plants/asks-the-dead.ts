import { plantBug } from '../../plants/plant.ts'

// Whoever does not answer is asked as often as anybody, and nobody else is asked instead.
plantBug({
  file: 'kit/contract/http-link.ts',
  changes: [['const mostInstances = 3', 'const mostInstances = 1']],
})
plantBug({
  file: 'kit/discovery/standing.ts',
  changes: [
    [
      '!standing.hangs && standing.restsUntil <= now && !(standing.onTrial && standing.pending > 0)',
      'standing.pending >= 0 && now >= 0',
    ],
  ],
})
