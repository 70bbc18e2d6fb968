import { plantBug } from './plant.ts'

// The relay forgets events and hands them to the bus a moment later.
plantBug({
  file: 'kit/events/relay.ts',
  changes: [['await bus.deliver(', 'setTimeout((events) => void bus.deliver(events), 700, ']],
})
