import { createHash } from 'node:crypto'
import type { moviesContract } from '@marquee/contracts/movies'
import type { reviewsContract } from '@marquee/contracts/reviews'
import type { Client } from '@marquee/kit/contract'
import { type FilmRow, type RatingRow, type Row, readRows, type Skipped } from './movielens-rows.ts'

export type MovieLensReport = {
  films: { read: number; added: number; changed: number; unchanged: number }
  people: { read: number; added: number }
  ratings: { read: number; recorded: number; unchanged: number }
  skipped: Skipped[]
}
type Files = { movies: AsyncIterable<Row>; links: AsyncIterable<Row>; ratings: AsyncIterable<Row> }
type Options = {
  /** Tells the people of one data set from those of another. */
  dataset: string
  movies: Client<typeof moviesContract.endpoints>
  reviews: Client<typeof reviewsContract.endpoints>
  onProgress?: (what: 'films' | 'people' | 'ratings', done: number, total: number) => void
}

const filmsAtOnce = 1000
const peopleAtOnce = 5000
const ratingsAtOnce = 5000

/**
 * Imports a MovieLens data set: films are matched by external id, then title and year, and created when absent; people
 * become persons without an account. The same files twice change nothing.
 */
export async function importMovieLens(files: Files, options: Options): Promise<MovieLensReport> {
  const { dataset, movies, reviews, onProgress = () => {} } = options
  const { films, ratings, skipped } = await readRows(files)
  const report: MovieLensReport = {
    films: { read: films.length, added: 0, changed: 0, unchanged: 0 },
    people: { read: 0, added: 0 },
    ratings: { read: ratings.length, recorded: 0, unchanged: 0 },
    skipped,
  }
  const ours = await bringFilms(films)
  await bringPeople(ratings)
  await bringRatings(ratings.filter(({ movieId }) => ours.has(movieId)))
  return report

  async function bringFilms(all: readonly FilmRow[]): Promise<Map<string, string>> {
    const idOf = new Map<string, string>()
    for (const some of lots(all, filmsAtOnce)) {
      const { ids, ...counts } = await movies
        .asService()
        .importMovies({ movies: some.map(({ draft }) => draft), fill: true })
      for (const [at, { movieId }] of some.entries()) idOf.set(movieId, ids[at] ?? '')
      report.films.added += counts.added
      report.films.changed += counts.changed
      report.films.unchanged += counts.unchanged
      onProgress('films', idOf.size, all.length)
    }
    return idOf
  }

  async function bringPeople(all: readonly RatingRow[]): Promise<void> {
    const joined = new Map<string, number>()
    for (const { userId, seconds } of all)
      joined.set(userId, Math.min(joined.get(userId) ?? seconds, seconds))
    report.people.read = joined.size
    let done = 0
    for (const some of lots([...joined], peopleAtOnce)) {
      const people = some.map(([userId, seconds]) => ({
        userId: personId(dataset, userId),
        handle: `${dataset}_${userId}`,
        name: `${dataset === 'movielens' ? 'MovieLens' : dataset} ${userId}`,
        joinedAt: instantOf(seconds),
      }))
      report.people.added += (await reviews.asService().importPeople({ people })).added
      done += some.length
      onProgress('people', done, joined.size)
    }
  }

  async function bringRatings(all: readonly RatingRow[]): Promise<void> {
    let done = 0
    for (const some of lots(all, ratingsAtOnce)) {
      const outcome = await reviews.asService().importRatings({
        ratings: some.map(({ userId, movieId, stars, seconds }) => ({
          userId: personId(dataset, userId),
          movieId: ours.get(movieId) ?? '',
          stars,
          ratedAt: instantOf(seconds),
        })),
      })
      report.ratings.recorded += outcome.recorded
      report.ratings.unchanged += outcome.unchanged
      done += some.length
      onProgress('ratings', done, all.length)
    }
  }
}

function* lots<One>(all: readonly One[], size: number): Generator<readonly One[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size)
}

const instantOf = (seconds: number): string =>
  Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString()

/** A UUIDv8 of the data set and the person in it: the same in every run. */
export function personId(dataset: string, userId: string): string {
  const hex = createHash('sha256').update(`${dataset}/${userId}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
