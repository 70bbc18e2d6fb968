import { plantBug } from '../../plants/plant.ts'

// Signals are taken to arrive always.
plantBug({
  file: 'services/booking/src/seat-watch.ts',
  changes: [
    [
      'const versions = await Promise.all(',
      'if (shows.size >= 0) return; const versions = await Promise.all(',
    ],
  ],
})
