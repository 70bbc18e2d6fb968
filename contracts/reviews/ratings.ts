import { endpoint, event, nothing } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, MovieId, UserId, Version } from '../common.ts'
import { Handle, PersonName } from '../identity.ts'

/** Half stars: 0.5 to 5. */
export const Stars = z
  .number()
  .min(0.5)
  .max(5)
  .multipleOf(0.5, { error: 'must be half or whole stars', abort: true })
  // Zod forgives what lies within rounding of a multiple; a column of half stars does not.
  .refine((stars) => Number.isInteger(stars * 2), 'must be half or whole stars')
/** How many gave each, from half a star to five stars: ten numbers. */
export const Histogram = z.array(z.int().min(0)).length(10)

export const RatingFigures = z.object({
  average: z.number().nullable(),
  count: z.int(),
})
export const MyRating = RatingFigures.extend({ stars: Stars.nullable() })

const ofMovie = z.object({ movieId: MovieId })

/** My stars count at once; what others gave may lag two seconds. Acknowledged means durable. */
export const putRating = endpoint({
  method: 'PUT',
  path: '/api/movies/:movieId/rating',
  summary: 'Rate a film, or change my rating',
  access: ['user'],
  limit: 'rating',
  params: ofMovie,
  body: z.object({ stars: Stars }),
  responses: { 200: MyRating },
})
export const getRating = endpoint({
  method: 'GET',
  path: '/api/movies/:movieId/rating',
  summary: 'My rating of a film; `stars` is null when there is none',
  access: ['user'],
  params: ofMovie,
  responses: { 200: MyRating },
})
export const deleteRating = endpoint({
  method: 'DELETE',
  path: '/api/movies/:movieId/rating',
  summary: 'Take my rating back',
  access: ['user'],
  limit: 'rating',
  params: ofMovie,
  responses: { 204: nothing },
})
export const ratingFigures = endpoint({
  method: 'GET',
  path: '/api/movies/:movieId/ratings',
  summary: 'How a film is rated: average, count and distribution',
  access: ['anyone'],
  cache: { seconds: 2, staleSeconds: 10, tags: ['ratings:{movieId}'] },
  params: ofMovie,
  responses: { 200: RatingFigures.extend({ histogram: Histogram }) },
})

/**
 * Ratings that are acknowledged and on their way into the table, where a broker takes bursts. Who gave them, what and
 * how many half stars (0 takes them back); all have the same place in the intake.
 */
export const ratingsGiven = event(
  'ratings.given.v1',
  z.object({
    sequence: z.int(),
    ratedAt: Instant,
    ratings: z.array(z.object({ userId: UserId, movieId: MovieId, half: z.int().min(0).max(10) })).max(1000),
  }),
)

/** For services that would ask somebody to rate a film. */
export const ratingOf = endpoint({
  method: 'GET',
  path: '/internal/reviews/people/:userId/ratings/:movieId',
  summary: 'Somebody’s rating of a film; `stars` is null when there is none',
  access: ['service'],
  params: ofMovie.extend({ userId: UserId }),
  responses: { 200: z.object({ stars: Stars.nullable() }) },
})

/** For importers: at most 5,000 at a time; an older `ratedAt` never replaces a newer one; safe to repeat. */
export const importRatings = endpoint({
  method: 'POST',
  path: '/internal/reviews/ratings',
  summary: 'Record ratings in bulk',
  access: ['service'],
  maxBytes: 2_000_000,
  timeoutMs: 60_000,
  body: z.object({
    ratings: z
      .array(z.object({ userId: UserId, movieId: MovieId, stars: Stars, ratedAt: Instant }))
      .max(5000),
  }),
  responses: { 200: z.object({ recorded: z.int(), unchanged: z.int(), unknownMovies: z.array(MovieId) }) },
})

/** For importers: people of a data set, who have no account. Safe to repeat; nobody with an account is changed. */
export const importPeople = endpoint({
  method: 'POST',
  path: '/internal/reviews/people',
  summary: 'Note people without an account, for their ratings',
  access: ['service'],
  maxBytes: 2_000_000,
  timeoutMs: 60_000,
  body: z.object({
    people: z
      .array(z.object({ userId: UserId, handle: Handle, name: PersonName, joinedAt: Instant }))
      .max(5000),
  }),
  responses: { 200: z.object({ added: z.int() }) },
})

/**
 * What a round of intake settled. `films` carries each touched film's whole figures (`sum` in half stars); apply only a
 * newer `version`. `changes` carries what persons gave (null: taken back), each with its intake `sequence`; apply only a
 * newer sequence of that person and film. At most 500 of each.
 */
export const ratingsRecorded = event(
  'ratings.recorded.v1',
  z.object({
    films: z
      .array(
        z.object({
          movieId: MovieId,
          version: Version,
          count: z.int().min(0),
          sum: z.int().min(0),
          histogram: Histogram,
        }),
      )
      .max(500),
    changes: z
      .array(
        z.object({
          userId: UserId,
          movieId: MovieId,
          stars: Stars.nullable(),
          sequence: z.int().min(0),
          /** When it was given; an imported one keeps its own time. */
          ratedAt: Instant.optional(),
        }),
      )
      .max(500),
  }),
)
