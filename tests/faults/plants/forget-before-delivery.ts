import { plantBug } from './plant.ts'

// The relay forgets events and hands them to the bus a minute later, if it still lives then.
plantBug({
  file: 'kit/events/relay.ts',
  changes: [['await bus.deliver(', 'setTimeout((events) => void bus.deliver(events), 60_000, ']],
})
