import type { Review } from '@marquee/contracts/reviews'
import type { Caller } from '@marquee/kit/contract'
import type { Page } from '@marquee/kit/documents'
import type { Reading } from '@marquee/kit/sql'
import type { ReviewDocument, ReviewFields, Stores } from './collections.ts'
import type { Presenting } from './present.ts'
import { writerFilmOf } from './review-fields.ts'
import { maySee } from './viewer.ts'

type Deps = Pick<Stores, 'reviews' | 'likes'> & { present: Presenting }
type Paging = { cursor: string | undefined; limit: number }
type ReviewPage = { items: Review[]; nextCursor: string | null }

const orders = {
  newest: ['-createdAt'],
  helpful: ['-likes', '-createdAt'],
  highest: ['-highest', '-createdAt'],
  lowest: ['lowest', '-createdAt'],
} as const
export type Sort = keyof typeof orders

/** What pages read of reviews. Lists give undefined for a cursor that is none of theirs. */
export function createReviewView({ reviews, likes, present }: Deps) {
  const shown = async (page: Page<ReviewFields> | undefined): Promise<ReviewPage | undefined> =>
    page && { items: await present.reviews(page.items), nextCursor: page.nextCursor }

  return {
    /** The same for everybody: only what is published. */
    ofMovie: async (from: Reading, movieId: string, { sort, ...paging }: Paging & { sort: Sort }) =>
      shown(
        await reviews
          .from(from)
          .find({ where: { movieId, status: 'published' }, order: orders[sort], ...paging }),
      ),

    /** Newest first; the writer sees what is hidden as well. */
    ofWriter: async (
      from: Reading,
      writerId: string,
      { isWriter, ...paging }: Paging & { isWriter: boolean },
    ) =>
      shown(
        isWriter
          ? await reviews.from(from).find({ where: { writerId }, order: ['-createdAt'], ...paging })
          : await reviews.from(from).find({
              where: { writerId, status: 'published' },
              order: ['-createdAt'],
              ...paging,
            }),
      ),

    /** Newest first, by any of these writers. */
    byWriters: async (from: Reading, writerIds: readonly string[], paging: Paging) =>
      shown(
        await reviews.from(from).find({
          where: { writerId: { in: writerIds }, status: 'published' },
          order: ['-createdAt'],
          ...paging,
        }),
      ),

    countOfWriter: (writerId: string): Promise<number> => reviews.count({ writerId, status: 'published' }),

    async one(reviewId: string, caller: Caller): Promise<Review | undefined> {
      const review = await reviews.get(reviewId)
      return review && maySee(review, caller) ? (await present.reviews([review]))[0] : undefined
    },

    show: async (review: ReviewDocument): Promise<Review> => {
      const [only] = await present.reviews([review])
      if (!only) throw new Error(`review ${review.id} could not be shown`)
      return only
    },

    async mine(userId: string, movieId: string): Promise<{ reviews: Review[]; liked: string[] }> {
      const [own, liked] = await Promise.all([
        reviews.find({ where: { writerFilm: writerFilmOf(userId, movieId) }, limit: 100 }),
        likes.find({ where: { userId, movieId }, limit: 1000 }),
      ])
      const newest = own.items.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      return {
        reviews: await present.reviews(newest),
        liked: liked.items.map(({ reviewId }) => reviewId),
      }
    },

    /** Which review was written about each of these viewings, if any. */
    async ofViewings(diaryIds: readonly string[]): Promise<Map<string, ReviewDocument>> {
      if (diaryIds.length === 0) return new Map()
      const { items } = await reviews.find({ where: { diaryId: { in: diaryIds } }, limit: diaryIds.length })
      return new Map(items.flatMap((review) => (review.diaryId === null ? [] : [[review.diaryId, review]])))
    },
  }
}
export type ReviewView = ReturnType<typeof createReviewView>
