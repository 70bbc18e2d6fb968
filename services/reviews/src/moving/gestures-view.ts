import type { Caller } from '@marquee/kit/contract'
import type { DocumentStore } from '@marquee/kit/documents'
import type { Reads } from '@marquee/kit/service'
import type { LikeFields, ReportFields } from '../reviews/collections.ts'
import { everything } from './everything.ts'

export type Gestures = {
  likes: { reviewId: string; movieId: string }[]
  /** Of a text with many reports only the latest keep their reason. */
  reports: { reviewId: string; commentId: string | null; reason: string | null; reportedAt: string | null }[]
  /** `on` is the theater's day; where it was is forgotten with the diary's entry. */
  admissions: { showId: string; movieId: string; theaterName: string | null; on: string }[]
}

type Deps = { reads: Reads; likes: DocumentStore<LikeFields>; reports: DocumentStore<ReportFields> }

/** What a person did about what others wrote, and where their tickets were admitted. */
export function createGesturesView({ reads, likes, reports }: Deps) {
  return async (userId: string, caller: Caller): Promise<Gestures> => {
    const [liked, reported, { rows }] = await Promise.all([
      everything((cursor) => likes.find({ where: { userId }, limit: 1000, cursor })),
      everything((cursor) =>
        reports.find({ where: { reporters: { contains: userId } }, limit: 1000, cursor }),
      ),
      reads.for(caller).query<Gestures['admissions'][number]>(
        `select show_id as "showId", movie_id as "movieId", theater_name as "theaterName", day::text as "on"
           from admissions where user_id = $1 order by day, show_id`,
        [userId],
      ),
    ])
    return {
      likes: liked.map(({ reviewId, movieId }) => ({ reviewId, movieId })),
      reports: reported.map(({ reviewId, commentId, reasons }) => {
        const mine = reasons.find((one) => one.userId === userId)
        return {
          reviewId,
          commentId,
          reason: mine?.reason ?? null,
          reportedAt: mine?.reportedAt ?? null,
        }
      }),
      admissions: rows,
    }
  }
}
export type GesturesView = ReturnType<typeof createGesturesView>
