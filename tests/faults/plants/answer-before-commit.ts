import { plantBug } from './plant.ts'

// Buyers hear of their seats once they are judged; the commit follows later.
plantBug({
  file: 'services/booking/src/hold-seats.ts',
  changes: [
    ['() => group.submit(request, timeLeft())', '() => early(request, group.submit(request, timeLeft()))'],
    [
      "crashPoint('booking.hold.judged')",
      "requests.forEach((request, at) => told.get(request)?.(results[at])); await tx.query('select pg_sleep(0.5)')",
    ],
    [
      'export function createHoldSeats',
      `const told = new Map();
       const early = (request: any, sure: any): any =>
         Promise.race([sure, new Promise((resolve) => told.set(request, resolve))]);
       export function createHoldSeats`,
    ],
  ],
})
