import { plantBug } from './plant.ts'

// A repeated request is taken for another one.
plantBug({
  file: 'services/booking/src/hold-seats.ts',
  changes: [
    [
      'orders.push({ order: result.order, network, soldBy, idempotency })',
      'orders.push({ order: result.order, network, soldBy, idempotency: undefined })',
    ],
  ],
})
