import { fail } from '@marquee/kit/contract'
import type { Part, PartDeps } from '../part.ts'

type Names = 'listDiary' | 'createDiaryEntry' | 'updateDiaryEntry' | 'deleteDiaryEntry'

const notYet = () => fail('not-found')

export function createDiaryPart(_deps: PartDeps): Part<Names> {
  return {
    handlers: {
      listDiary: notYet,
      createDiaryEntry: notYet,
      updateDiaryEntry: notYet,
      deleteDiaryEntry: notYet,
    },
    guards: {
      updateDiaryEntry: () => undefined,
      deleteDiaryEntry: () => undefined,
    },
    subscriptions: [],
    jobs: [],
  }
}
