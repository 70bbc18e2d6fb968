import { fail } from '@marquee/kit/contract'
import type { Part, PartDeps } from '../part.ts'

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

const notYet = () => fail('not-found')

export function createPeoplePart(_deps: PartDeps): Part<Names> {
  return {
    handlers: {
      getProfile: notYet,
      listPersonReviews: notYet,
      listPersonDiary: notYet,
      listFollowers: notYet,
      listFollowing: notYet,
      getFollow: notYet,
      follow: notYet,
      unfollow: notYet,
      getFeed: notYet,
    },
    guards: {},
    subscriptions: [],
    jobs: [],
  }
}
