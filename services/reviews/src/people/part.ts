import { badCursor, fail, invalid, reply } from '@marquee/kit/contract'
import type { DiaryPart } from '../diary/part.ts'
import { myId, type Part, type PartDeps } from '../part.ts'
import type { ReviewsPart } from '../reviews/part.ts'
import { addFollow, forgetFollows, removeFollow } from './follow-store.ts'
import { isFollowing, listFollows } from './follow-view.ts'
import { createPersonLists } from './person-lists.ts'
import { readFigures } from './profile-view.ts'

type Names =
  | 'getProfile'
  | 'listPersonReviews'
  | 'listPersonDiary'
  | 'listFollowers'
  | 'listFollowing'
  | 'getFollow'
  | 'follow'
  | 'unfollow'
  | 'getFeed'
type Deps = Pick<PartDeps, 'db' | 'reads' | 'people' | 'cache'> & {
  reviews: Pick<ReviewsPart, 'reviewView' | 'forgetPages'>
  diary: Pick<DiaryPart, 'presentDiary'>
}

/** People as others see them, and who follows whom. */
export function createPeoplePart({ db, reads, people, cache, reviews, diary }: Deps): Part<Names> {
  const { reviewView, forgetPages } = reviews

  return {
    handlers: {
      ...createPersonLists({ reads, people, reviewView, presentDiary: diary.presentDiary }),
      async getProfile({ handle }, { caller }) {
        const person = await people.byHandle(handle)
        if (!person) return fail('not-found')
        const { userId, name, joinedAt } = person
        const [figures, written] = await Promise.all([
          readFigures(reads.for(caller), userId),
          reviewView.countOfWriter(userId),
        ])
        return { userId, handle, name, joinedAt: joinedAt.toString(), reviews: written, ...figures }
      },
      async listFollowers({ handle, cursor, limit }, { caller }) {
        const person = await people.byHandle(handle)
        if (!person) return fail('not-found')
        return (
          (await listFollows(reads.for(caller), 'followers', { userId: person.userId, cursor, limit })) ??
          badCursor()
        )
      },
      async listFollowing({ handle, cursor, limit }, { caller }) {
        const person = await people.byHandle(handle)
        if (!person) return fail('not-found')
        return (
          (await listFollows(reads.for(caller), 'following', { userId: person.userId, cursor, limit })) ??
          badCursor()
        )
      },
      async getFollow({ handle }, request) {
        const person = await people.byHandle(handle)
        if (!person) return fail('not-found')
        return { following: await isFollowing(reads.for(request.caller), myId(request), person.userId) }
      },
      async follow({ handle }, request) {
        const followerId = myId(request)
        const person = await people.byHandle(handle)
        if (!person) return fail('not-found')
        const followeeId = person.userId
        if (followeeId === followerId) return invalid([{ path: 'handle', message: 'is your own' }])
        // Asked for here, so that it is known in the transaction below.
        await people.find([followerId])
        if (!(await db.transaction((tx) => addFollow(tx, { followerId, followeeId }))))
          return fail('not-found')
        await forgetPages({ people: [followerId, followeeId] })
        return reply(204, undefined)
      },
      async unfollow({ handle }, request) {
        const followerId = myId(request)
        const person = await people.byHandle(handle)
        if (!person) return fail('not-found')
        await removeFollow(db, { followerId, followeeId: person.userId })
        await forgetPages({ people: [followerId, person.userId] })
        return reply(204, undefined)
      },
    },
    guards: {},
    subscriptions: [],
    jobs: [],
    async forgetPerson(tx, userId) {
      const others = await forgetFollows(tx, userId)
      const { rows } = await tx.query<{ handle: string }>(
        `select handle from people where user_id = any($1::uuid[]) and not erased`,
        [others],
      )
      const tags = rows.map(({ handle }) => `person:${handle}`)
      tx.afterCommit(() => void cache.invalidate(tags))
    },
  }
}
