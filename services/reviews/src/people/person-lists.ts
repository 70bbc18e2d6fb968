import type { reviewsContract } from '@marquee/contracts/reviews'
import { badCursor, type Caller, fail, type Handlers } from '@marquee/kit/contract'
import type { Reads } from '@marquee/kit/service'
import { listEntries } from '../diary/diary-view.ts'
import type { PresentDiary } from '../diary/present-diary.ts'
import { myId } from '../part.ts'
import type { PeopleCopy } from '../people-copy.ts'
import type { ReviewView } from '../reviews/review-view.ts'
import { followedLast, isFollowing } from './follow-view.ts'

type Names = 'listPersonReviews' | 'listPersonDiary' | 'getFeed'
type Deps = {
  reads: Reads
  people: Pick<PeopleCopy, 'byHandle'>
  reviewView: Pick<ReviewView, 'ofWriter' | 'byWriters'>
  presentDiary: PresentDiary
}

/** What people wrote and watched, as far as the reader may see it. */
export function createPersonLists({
  reads,
  people,
  reviewView,
  presentDiary,
}: Deps): Pick<Handlers<(typeof reviewsContract)['endpoints']>, Names> {
  return {
    async listPersonReviews({ handle, cursor, limit }, { caller }) {
      const person = await people.byHandle(handle)
      if (!person) return fail('not-found')
      const isWriter = caller.userId === person.userId
      return (
        (await reviewView.ofWriter(reads.for(caller), person.userId, { isWriter, cursor, limit })) ??
        badCursor()
      )
    },

    async listPersonDiary({ handle, cursor, limit }, { caller }) {
      const person = await people.byHandle(handle)
      if (!person) return fail('not-found')
      const visible = await visibleTo(caller, person.userId)
      const page = await listEntries(reads.for(caller), { userId: person.userId, visible, cursor, limit })
      return page
        ? { items: await presentDiary(page.rows, caller.userId), nextCursor: page.nextCursor }
        : badCursor()
    },

    async getFeed({ cursor, limit }, request) {
      const writers = await followedLast(reads.for(request.caller), myId(request))
      if (writers.length === 0) return { items: [], nextCursor: null }
      return (
        (await reviewView.byWriters(reads.for(request.caller), writers, { cursor, limit })) ?? badCursor()
      )
    },
  }

  async function visibleTo(caller: Caller, personId: string) {
    const readerId = caller.userId
    if (readerId === personId) return ['public', 'followers', 'private'] as const
    const follows = readerId !== undefined && (await isFollowing(reads.for(caller), readerId, personId))
    return follows ? (['public', 'followers'] as const) : (['public'] as const)
  }
}
