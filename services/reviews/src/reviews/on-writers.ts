import { reviewsWritersGroup } from '@marquee/contracts/reviews'
import { onOutside, type Subscription } from '@marquee/kit/events'
import type { Database } from '@marquee/kit/sql'
import type { ForgetPages } from '../forget-pages.ts'
import { bornAt, type Naming } from '../people-copy.ts'
import type { Stores } from './collections.ts'

type Deps = {
  db: Database
  naming: Naming
  reviews: Stores['reviews']
  eraseWriter: (userId: string) => Promise<void>
  forgetPages: ForgetPages
}

/** Lets what people wrote follow their names, and stand without one once they are erased. */
export function onWriters({ db, naming, reviews, eraseWriter, forgetPages }: Deps): Subscription {
  return onOutside(reviewsWritersGroup, {
    'user.updated.v1': async ({ payload: { userId, handle, name }, version }) => {
      // Pages are dropped once the name they are to be made with is here, whichever group hears of it first.
      const person = { userId, version, handle, name, joinedAt: bornAt(userId) }
      await db.transaction((tx) => naming.rename(tx, person))
      const query = { where: { writerId: userId }, limit: 1000 }
      for (let page = await reviews.find(query); ; ) {
        await forgetPages({ movies: page.items.map(({ movieId }) => movieId), people: [userId] })
        const next =
          page.nextCursor === null ? undefined : await reviews.find({ ...query, cursor: page.nextCursor })
        if (!next) break
        page = next
      }
    },
    'user.erased.v1': async ({ payload: { userId } }) => {
      await db.transaction((tx) => naming.erase(tx, userId))
      await eraseWriter(userId)
    },
  })
}
