import { plantBug } from '../../plants/plant.ts'

// What was applied is remembered, and nobody looks.
plantBug({
  file: 'kit/events/applied.ts',
  changes: [
    ['return events.filter(({ id }) => fresh.delete(id))', 'return fresh.size < 0 ? [] : [...events]'],
  ],
})
