import {
  badCursor,
  type CallRequest,
  expectedVersion,
  type Facts,
  fail,
  invalid,
  reply,
} from '@marquee/kit/contract'
import { myId, type Part, type PartDeps } from '../part.ts'
import type { ReviewsPart } from '../reviews/part.ts'
import { createChangeViewing, createRemoveViewing } from './change-viewing.ts'
import { forgetViewings } from './diary-store.ts'
import { findEntry, listEntries } from './diary-view.ts'
import { onAdmissions } from './on-admissions.ts'
import { onRatings } from './on-ratings.ts'
import { createPresentDiary, type PresentDiary } from './present-diary.ts'
import { createWriteViewing } from './write-viewing.ts'

type Names = 'listDiary' | 'createDiaryEntry' | 'updateDiaryEntry' | 'deleteDiaryEntry'
type Deps = Pick<PartDeps, 'db' | 'reads' | 'films' | 'people' | 'rate' | 'ids' | 'clock'> & {
  reviews: Pick<ReviewsPart, 'reviewView' | 'noteSeen' | 'forgetPages'>
}
export type DiaryPart = Part<Names> & { presentDiary: PresentDiary }

export function createDiaryPart({ db, reads, films, people, rate, ids, clock, reviews }: Deps): DiaryPart {
  const { reviewView, noteSeen, forgetPages } = reviews
  const making = { newId: ids.uuid, now: clock.now }
  const write = createWriteViewing({ db, films, people, rate, forgetPages, ...making })
  const change = createChangeViewing({ db, rate, forgetPages, now: clock.now })
  const remove = createRemoveViewing({ db, forgetPages })
  const presentDiary = createPresentDiary({ films, reviewView })

  const ofEntry = async ({ diaryId }: { diaryId: string }, _: CallRequest): Promise<Facts | undefined> => {
    const entry = await findEntry(db, diaryId)
    return entry && { holderId: entry.userId }
  }

  return {
    handlers: {
      async listDiary({ movieId, cursor, limit }, request) {
        const userId = myId(request)
        const visible = ['public', 'followers', 'private'] as const
        const page = await listEntries(reads.for(request.caller), { userId, movieId, visible, cursor, limit })
        return page
          ? { items: await presentDiary(page.rows, userId), nextCursor: page.nextCursor }
          : badCursor()
      },
      async createDiaryEntry(viewing, request) {
        const userId = myId(request)
        const written = await write({ ...viewing, userId, idempotency: request.idempotency })
        if (!written.ok)
          return written.code === 'invalid-input' ? invalid([about(written)]) : fail(written.code)
        const [shown] = await presentDiary([written.entry], userId)
        return shown ?? fail('not-found')
      },
      async updateDiaryEntry({ diaryId, ...changes }, request) {
        const changed = await change(diaryId, changes, expectedVersion(request))
        if (!changed.ok)
          return changed.code === 'invalid-input' ? invalid([about(changed)]) : fail(changed.code)
        const [shown] = await presentDiary([changed.entry], changed.entry.userId)
        return shown ?? fail('not-found')
      },
      deleteDiaryEntry: async ({ diaryId }) =>
        (await remove(diaryId)) ? reply(204, undefined) : fail('not-found'),
    },
    guards: { updateDiaryEntry: ofEntry, deleteDiaryEntry: ofEntry },
    subscriptions: [onAdmissions({ people, noteSeen, forgetPages, newId: ids.uuid }), onRatings()],
    jobs: [],
    forgetPerson: forgetViewings,
    presentDiary,
  }
}

const about = ({ path, message }: { path: string; message: string }) => ({ path, message })
