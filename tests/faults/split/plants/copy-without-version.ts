import { plantBug } from '../../plants/plant.ts'

// What comes last is kept, however old it is.
plantBug({
  file: 'services/reviews/src/film-store.ts',
  changes: [['where movies.version < excluded.version', '']],
})
