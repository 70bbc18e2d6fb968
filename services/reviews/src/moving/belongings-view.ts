import type { Caller } from '@marquee/kit/contract'
import type { DocumentStore } from '@marquee/kit/documents'
import type { Reads } from '@marquee/kit/service'
import type { Reading } from '@marquee/kit/sql'
import type { FilmCopy } from '../film-copy.ts'
import type { CommentFields, ReviewFields } from '../reviews/collections.ts'
import { everything } from './everything.ts'
import type { Fact, FilmHint } from './read/fact.ts'

/** One thing of a person's, with its film and the day it was noted. */
export type Belonging = { movieId: string; film: FilmHint; genres: string[]; on: string; fact: Fact }
export type Belongings = {
  rows: Belonging[]
  comments: { reviewId: string; body: string; createdAt: string }[]
}

type Deps = {
  reads: Reads
  films: FilmCopy
  reviews: DocumentStore<ReviewFields>
  comments: DocumentStore<CommentFields>
  watchlistOf: (userId: string) => Promise<{ movie: { id: string }; addedAt: string }[]>
}
type Loose = { movieId: string; on: string; fact: Fact }

/** Everything a person rated, watched, wrote and wants to see, in the order they did it. */
export function createBelongingsView({ reads, films, reviews, comments, watchlistOf }: Deps) {
  return async (userId: string, caller: Caller): Promise<Belongings> => {
    const db = reads.for(caller)
    const [ratings, diary, written, wishes, said] = await Promise.all([
      ratingsOf(db, userId),
      diaryOf(db, userId),
      everything((cursor) => reviews.find({ where: { writerId: userId }, limit: 1000, cursor })),
      watchlistOf(userId),
      everything((cursor) => comments.find({ where: { writerId: userId }, limit: 1000, cursor })),
    ])
    const days = new Map(diary.map(({ id, fact }) => [id, fact.watchedOn]))
    const loose: Loose[] = [
      ...ratings,
      ...diary,
      ...written.map((review) => reviewed(review, days.get(review.diaryId ?? '') ?? null)),
      ...wishes.map(({ movie, addedAt }) => ({
        movieId: movie.id,
        on: addedAt.slice(0, 10),
        fact: { kind: 'watchlist' as const, at: addedAt },
      })),
    ]
    const known = await films.findAll(loose.map(({ movieId }) => movieId))
    const rows = loose.flatMap(({ movieId, on, fact }) => {
      const film = known.get(movieId)
      if (!film) return []
      const { title, year, genres, externalIds } = film
      const ids = { ...pick(externalIds, 'imdb'), ...pick(externalIds, 'tmdb') }
      return [{ movieId, film: { title, year, ...ids }, genres, on, fact }]
    })
    return {
      rows,
      comments: said.map(({ reviewId, body, createdAt }) => ({ reviewId, body, createdAt })),
    }
  }
}
export type BelongingsView = ReturnType<typeof createBelongingsView>

const pick = (ids: Record<string, string>, kind: 'imdb' | 'tmdb') => (ids[kind] ? { [kind]: ids[kind] } : {})

function reviewed({ movieId, createdAt, title, body, spoiler }: ReviewFields, viewing: string | null): Loose {
  const fact = { kind: 'review' as const, viewing, title, body, spoiler, at: createdAt }
  return { movieId, on: createdAt.slice(0, 10), fact }
}

async function ratingsOf(db: Reading, userId: string): Promise<Loose[]> {
  const { rows } = await db.query<{ movieId: string; stars: number; at: Temporal.Instant }>(
    `select movie_id as "movieId", stars, rated_at as at from ratings where user_id = $1 and stars > 0
      order by rated_at, movie_id`,
    [userId],
  )
  return rows.map(({ movieId, stars, at }) => {
    const instant = at.toString()
    return { movieId, on: instant.slice(0, 10), fact: { kind: 'rating', stars: stars / 2, at: instant } }
  })
}

type ViewingRow = Omit<Extract<Fact, { kind: 'viewing' }>, 'kind' | 'key'> & {
  id: string
  movieId: string
  noted: Temporal.Instant
}

async function diaryOf(db: Reading, userId: string) {
  const { rows } = await db.query<ViewingRow>(
    `select id, movie_id as "movieId", watched_on as "watchedOn", stars::float8 / 2 as stars, liked, rewatch, tags,
            note, visibility, created_at as noted
       from diary where user_id = $1 order by viewed, id`,
    [userId],
  )
  return rows.map(({ id, movieId, noted, ...viewing }) => ({
    id,
    movieId,
    on: noted.toString().slice(0, 10),
    fact: { kind: 'viewing' as const, key: viewing.watchedOn ?? 'undated', ...viewing },
  }))
}
