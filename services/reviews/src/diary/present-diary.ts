import type { DiaryEntry } from '@marquee/contracts/reviews'
import { type FilmCopy, filmLine } from '../film-copy.ts'
import type { ReviewView } from '../reviews/review-view.ts'
import type { DiaryRow } from './diary-store.ts'

type Deps = { films: Pick<FilmCopy, 'findAll'>; reviewView: Pick<ReviewView, 'ofViewings'> }
export type PresentDiary = (rows: readonly DiaryRow[], readerId: string | undefined) => Promise<DiaryEntry[]>

/** Shows viewings with their films and reviews: one question of each for a page. */
export function createPresentDiary({ films, reviewView }: Deps): PresentDiary {
  return async (rows, readerId) => {
    const [about, reviewed] = await Promise.all([
      films.findAll([...new Set(rows.map(({ movieId }) => movieId))]),
      reviewView.ofViewings(rows.map(({ id }) => id)),
    ])
    return rows.map((row) => {
      const film = about.get(row.movieId)
      const review = reviewed.get(row.id)
      const mayKnow = review && (review.status === 'published' || readerId === row.userId)
      return {
        id: row.id,
        movie: film
          ? filmLine(film)
          : { id: row.movieId, title: '', year: null, posterUrl: `/posters/${row.movieId}.svg` },
        watchedOn: row.watchedOn,
        stars: row.half === null ? null : row.half / 2,
        liked: row.liked,
        rewatch: row.rewatch,
        tags: row.tags,
        note: row.note,
        visibility: row.visibility,
        seenAt: row.theaterName && row.seenOn ? { theaterName: row.theaterName, on: row.seenOn } : null,
        reviewId: mayKnow ? review.id : null,
        createdAt: row.createdAt.toString(),
        version: row.edition,
      }
    })
  }
}
