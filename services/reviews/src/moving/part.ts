import { fail } from '@marquee/kit/contract'
import type { Part, PartDeps } from '../part.ts'

type Names =
  | 'startImport'
  | 'listImports'
  | 'getImport'
  | 'settleImport'
  | 'exportLetterboxd'
  | 'exportImdb'
  | 'exportCommunity'

const notYet = () => fail('not-found')

export function createMovingPart(_deps: PartDeps): Part<Names> {
  return {
    handlers: {
      startImport: notYet,
      listImports: notYet,
      getImport: notYet,
      settleImport: notYet,
      exportLetterboxd: notYet,
      exportImdb: notYet,
      exportCommunity: notYet,
    },
    guards: {
      getImport: () => undefined,
      settleImport: () => undefined,
    },
    subscriptions: [],
    jobs: [],
  }
}
