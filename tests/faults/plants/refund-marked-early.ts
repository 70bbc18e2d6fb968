import { plantBug } from './plant.ts'

// Booking notes a refund as done, and only then means to ask for it.
plantBug({
  file: 'services/booking/src/carry-out-refunds.ts',
  changes: [
    [
      'const groups =',
      'await markDone(db, due.map(({ id }) => id)); await new Promise((resolve) => setTimeout(resolve, 1500)); const groups =',
    ],
  ],
})
