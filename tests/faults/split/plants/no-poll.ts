import { plantBug } from '../../plants/plant.ts'

// Every signal is lost,
plantBug({
  file: 'services/booking/src/seat-board.ts',
  changes: [['const board = boards.get(change.showId)', 'const board = undefined']],
})
// and nobody looks for lost ones.
plantBug({
  file: 'services/booking/src/seat-watch.ts',
  changes: [
    [
      'const versions = await Promise.all(',
      'if (shows.size >= 0) return; const versions = await Promise.all(',
    ],
  ],
})
