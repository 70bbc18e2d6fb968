import type { ForgetPages } from '../forget-pages.ts'
import type { Stores } from './collections.ts'
import { countAgain, type Recount } from './recount.ts'
import { commentWith, reportWith, reviewWith, slotOf, starred, writerFilmOf } from './review-fields.ts'

type Deps = Stores & { recount: Recount; forgetPages: ForgetPages }
const some = 500

/**
 * What a person's erasure leaves: texts stand without a name, so that threads make sense; likes and reports go.
 * Safe to repeat, and taken up where it was interrupted.
 */
export function createEraseWriter({ reviews, comments, likes, reports, recount, forgetPages }: Deps) {
  return async (userId: string): Promise<void> => {
    await eachOf(
      () => reviews.find({ where: { writerId: userId }, limit: some }),
      async ({ id, movieId }) => {
        await reviews.update(id, (review) =>
          reviewWith(review, {
            ...starred(null, review.starsSequence),
            writerId: null,
            writerFilm: writerFilmOf(`erased-${id}`, movieId),
            slot: slotOf(`erased-${id}`, movieId, null),
            diaryId: null,
            seenAt: null,
            request: null,
            requestKey: id,
          }),
        )
        await forgetPages({ movies: [movieId] })
      },
    )
    await eachOf(
      () => comments.find({ where: { writerId: userId }, limit: some }),
      ({ id }) =>
        comments.update(id, (comment) =>
          commentWith(comment, { writerId: null, request: null, requestKey: id }),
        ),
    )
    await eachOf(
      () => likes.find({ where: { userId }, limit: some }),
      async ({ id, reviewId, movieId }) => {
        await likes.delete(id, { events: () => countAgain(reviewId) })
        await recount(reviewId)
        await forgetPages({ movies: [movieId] })
      },
    )
    await eachOf(
      () => reports.find({ where: { reporters: { contains: userId } }, limit: some }),
      async ({ id, reporters, status, version }) => {
        // Whoever reports it meanwhile keeps it: it is found and looked at once more.
        if (reporters.length === 1 && status === 'open') return reports.delete(id, { ifVersion: version })
        return reports.update(id, (report) => {
          const left = report.reporters.filter((reporter) => reporter !== userId)
          return reportWith(report, {
            reasons: report.reasons.filter((reason) => reason.userId !== userId),
            reporters: left,
            reports: report.reports - (report.reporters.length - left.length),
          })
        })
      },
    )
  }
}

/** Each change takes its document out of what is found. */
async function eachOf<Item>(
  find: () => Promise<{ items: readonly Item[] }>,
  change: (item: Item) => Promise<unknown>,
): Promise<void> {
  for (;;) {
    const { items } = await find()
    if (items.length === 0) return
    for (const item of items) await change(item)
  }
}
