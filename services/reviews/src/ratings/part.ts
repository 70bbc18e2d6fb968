import { fail } from '@marquee/kit/contract'
import type { Part, PartDeps } from '../part.ts'
import type { ImportRatings, Rate } from './rate.ts'

type Names = 'putRating' | 'getRating' | 'deleteRating' | 'ratingFigures' | 'importRatings'
type Deps = Pick<PartDeps, 'config' | 'db' | 'events' | 'cache' | 'metrics' | 'films'>

const notYet = () => fail('not-found')

export function createRatingsPart(_deps: Deps): Part<Names> & { rate: Rate; importRatings: ImportRatings } {
  return {
    handlers: {
      putRating: notYet,
      getRating: notYet,
      deleteRating: notYet,
      ratingFigures: notYet,
      importRatings: notYet,
    },
    guards: {},
    subscriptions: [],
    jobs: [],
    rate: async () => ({ ok: false, code: 'not-found' }),
    importRatings: async () => ({ recorded: 0, unchanged: 0, unknownMovies: [] }),
  }
}
