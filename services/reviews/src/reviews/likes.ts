import type { Caller } from '@marquee/kit/contract'
import type { ForgetPages } from '../forget-pages.ts'
import type { Stores } from './collections.ts'
import type { HeedErasure } from './heed-erasure.ts'
import { countAgain, type Recount } from './recount.ts'
import { maySee } from './viewer.ts'

type Deps = Pick<Stores, 'reviews' | 'likes'> & {
  recount: Recount
  forgetPages: ForgetPages
  heedErasure: HeedErasure
}
type Liked = { ok: true } | { ok: false; code: 'not-found' }
type Ask = { reviewId: string; userId: string; caller: Caller }

const likeId = (reviewId: string, userId: string) => `${reviewId}/${userId}`

/** Gives and takes likes: one for each person and review, however often it is asked. */
export function createLikes({ reviews, likes, recount, forgetPages, heedErasure }: Deps) {
  async function change(
    { reviewId, userId, caller }: Ask,
    write: (movieId: string) => Promise<unknown>,
  ): Promise<Liked> {
    const review = await reviews.get(reviewId)
    if (!review || !maySee(review, caller)) return { ok: false, code: 'not-found' }
    await write(review.movieId)
    await heedErasure(userId)
    const stands = await recount(reviewId)
    if (stands) await forgetPages({ movies: [review.movieId] })
    return stands ? { ok: true } : { ok: false, code: 'not-found' }
  }

  return {
    like: (ask: Ask) =>
      change(ask, (movieId) =>
        likes.insert(
          { id: likeId(ask.reviewId, ask.userId), reviewId: ask.reviewId, userId: ask.userId, movieId },
          { events: ({ reviewId }) => countAgain(reviewId) },
        ),
      ),
    unlike: (ask: Ask) =>
      change(ask, () =>
        likes.delete(likeId(ask.reviewId, ask.userId), { events: ({ reviewId }) => countAgain(reviewId) }),
      ),
  }
}
