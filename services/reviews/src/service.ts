import { identityContract } from '@marquee/contracts/identity'
import { moviesContract } from '@marquee/contracts/movies'
import { reviewsContract } from '@marquee/contracts/reviews'
import { watchlistContract } from '@marquee/contracts/watchlist'
import { implement } from '@marquee/kit/contract'
import { every } from '@marquee/kit/events'
import { defineService } from '@marquee/kit/service'
import { reviewsConfig } from './config.ts'
import { createCopyOnce } from './copy-once.ts'
import { createDiaryPart } from './diary/part.ts'
import { createFilmCopy } from './film-copy.ts'
import { createMovingPart } from './moving/part.ts'
import { onMovies } from './on-movies.ts'
import type { PartDeps } from './part.ts'
import { createPeoplePart } from './people/part.ts'
import { createNaming, createPeopleCopy, onPeople } from './people-copy.ts'
import { createRatingsPart } from './ratings/part.ts'
import { createReviewsPart } from './reviews/part.ts'

export const reviews = defineService({
  name: 'reviews',
  contract: reviewsContract,
  config: reviewsConfig,
  migrations: new URL('../migrations/', import.meta.url),
  poolSize: 8,
  start: async ({
    config,
    db,
    reads,
    documents,
    events,
    burst,
    cache,
    flags,
    clock,
    ids,
    log,
    metrics,
    connect,
  }) => {
    const movies = connect(moviesContract)
    const identity = connect(identityContract)
    const films = createFilmCopy({ db, movies })
    const people = createPeopleCopy({ db, identity })
    const ratings = createRatingsPart({ config, db, events, burst, cache, films, metrics, log })
    const deps: PartDeps = {
      config,
      db,
      reads,
      documents,
      events,
      cache,
      flags,
      clock,
      ids,
      log,
      metrics,
      films,
      people,
      rate: ratings.rate,
      importRatings: ratings.importRatings,
      identity,
      movies,
      watchlist: connect(watchlistContract),
    }
    const naming = createNaming(
      (handles) => void cache.invalidate(handles.map((handle) => `person:${handle}`)),
    )
    const reviews = await createReviewsPart({ ...deps, naming })
    const diary = createDiaryPart({ ...deps, reviews })
    const persons = createPeoplePart({ ...deps, reviews, diary })
    const moving = await createMovingPart({ ...deps, writeReview: reviews.writeReview })
    const parts = [ratings, reviews, diary, persons, moving]

    return {
      implementation: implement(reviewsContract, {
        handlers: {
          ...ratings.handlers,
          ...reviews.handlers,
          ...diary.handlers,
          ...persons.handlers,
          ...moving.handlers,
        },
        guards: {
          ...ratings.guards,
          ...reviews.guards,
          ...diary.guards,
          ...persons.guards,
          ...moving.guards,
        },
      }),
      subscriptions: [
        onMovies(),
        onPeople(
          parts.flatMap(({ forgetPerson }) => forgetPerson ?? []),
          naming,
        ),
        ...parts.flatMap(({ subscriptions }) => subscriptions),
      ],
      jobs: [
        every('copy-once', { milliseconds: 1000 }, createCopyOnce({ db, movies, identity })),
        ...parts.flatMap(({ jobs }) => jobs),
      ],
      stop: async () => {
        for (const part of parts) await part.stop?.()
      },
    }
  },
})
