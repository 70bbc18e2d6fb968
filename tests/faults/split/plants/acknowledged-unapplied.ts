import { plantBug } from '../../plants/plant.ts'

// The bus hears that events are done with a moment before they are.
plantBug({
  file: 'kit/events/boss-bus.ts',
  changes: [
    [
      'const outcomes = await handle(',
      'await boss.deleteJob(group, ids); await new Promise((resolve) => setTimeout(resolve, 400)); const outcomes = await handle(',
    ],
  ],
})
