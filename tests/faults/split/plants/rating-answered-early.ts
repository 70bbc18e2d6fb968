import { plantBug } from '../../plants/plant.ts'

// A rating is acknowledged once it waits its turn.
plantBug({
  file: 'services/reviews/src/ratings/intake.ts',
  changes: [
    [
      'return persisted\n',
      "persisted.catch(() => {}); return Promise.resolve({ outcome: 'recorded' as const, count: 1, sum: record.half })\n",
    ],
  ],
})
plantBug({
  file: 'services/reviews/src/ratings/persist-ratings.ts',
  changes: [
    [
      'const { latest, placeOf } =',
      'await new Promise((resolve) => setTimeout(resolve, 500)); const { latest, placeOf } =',
    ],
  ],
})
