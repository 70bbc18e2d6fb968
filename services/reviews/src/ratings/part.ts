import { fail, reply } from '@marquee/kit/contract'
import { type Burst, every } from '@marquee/kit/events'
import { myId, type Part, type PartDeps } from '../part.ts'
import { keepPeople } from '../people-store.ts'
import { createAnnounceRatings } from './announce-ratings.ts'
import { dropTombstones, forgetRatings } from './forget-ratings.ts'
import { createImportRatings } from './import-ratings.ts'
import { createIntake } from './intake.ts'
import { createRatingMetrics } from './metrics.ts'
import { createPersist } from './persist-ratings.ts'
import { persistLate } from './persist-stamped.ts'
import { createQueueRatings, onRatingsGiven } from './queue-ratings.ts'
import type { ImportRatings, Rate } from './rate.ts'
import { createRate } from './rate-film.ts'
import { averageOf, readFigures, readMine } from './rating-view.ts'
import { createSettleRatings } from './settle-ratings.ts'

type Names =
  | 'putRating'
  | 'getRating'
  | 'deleteRating'
  | 'ratingFigures'
  | 'ratingOf'
  | 'importRatings'
  | 'importPeople'
type Deps = Pick<PartDeps, 'config' | 'db' | 'events' | 'cache' | 'films' | 'metrics' | 'log'> & {
  /** Where a broker takes bursts. */
  burst: Burst | undefined
}

/** So many ratings on their way at once are a burst. */
const busyWith = 32

export function createRatingsPart(deps: Deps): Part<Names> & { rate: Rate; importRatings: ImportRatings } {
  const { config, db, events, cache, films, metrics, log, burst } = deps
  const { lanes, batchSize, settleMilliseconds } = config
  const counted = createRatingMetrics(metrics)
  const persist = burst ? createQueueRatings({ db, burst, log, metrics }) : createPersist(db)
  const intake = createIntake({ persist, lanes, batchSize, onBatch: counted.batch })
  counted.waiting(intake.waiting)
  const rate = createRate({ db, intake, films })
  const importRatings = createImportRatings({ db, films })

  const settle = createSettleRatings({ db, cache })
  const announce = createAnnounceRatings({ db, events, isBusy: () => intake.waiting() > busyWith })

  /** What is read of a film, once more if it had to be asked for. */
  const ofFilm = async <Found>(movieId: string, read: () => Promise<Found | undefined>) =>
    (await read()) ?? ((await films.find([movieId])).has(movieId) ? read() : undefined)

  return {
    handlers: {
      putRating: async ({ movieId, stars }, request) => {
        const rated = await rate({ userId: myId(request), movieId, stars })
        return rated.ok ? { stars, average: rated.average, count: rated.count } : fail(rated.code)
      },
      deleteRating: async ({ movieId }, request) => {
        const rated = await rate({ userId: myId(request), movieId, stars: null })
        return rated.ok ? reply(204, undefined) : fail(rated.code)
      },
      getRating: async ({ movieId }, request) => {
        const mine = await ofFilm(movieId, () => readMine(db, myId(request), movieId))
        if (!mine) return fail('not-found')
        return { stars: starsOf(mine), average: averageOf(mine), count: mine.count }
      },
      ratingFigures: async ({ movieId }) => {
        const figures = await ofFilm(movieId, () => readFigures(db, movieId))
        if (!figures) return fail('not-found')
        return { average: averageOf(figures), count: figures.count, histogram: figures.histogram }
      },
      ratingOf: async ({ userId, movieId }) => ({ stars: starsOf(await readMine(db, userId, movieId)) }),
      importRatings: ({ ratings }) => importRatings(ratings),
      importPeople: async ({ people }) => ({
        // Version 0: whatever identity says of them is newer.
        added: await keepPeople(
          db,
          people.map((person) => ({ ...person, version: 0 })),
        ),
      }),
    },
    guards: {},
    subscriptions: burst ? [onRatingsGiven()] : [],
    jobs: [
      every('settle-ratings', { milliseconds: settleMilliseconds }, async () => {
        counted.settled(await settle())
        counted.told(await announce())
      }),
      every('persist-late-ratings', { milliseconds: 2000 }, () => persistLate(db)),
      every('drop-rating-tombstones', { milliseconds: 3_600_000 }, () => dropTombstones(db)),
    ],
    forgetPerson: forgetRatings,
    stop: intake.idle,
    rate,
    importRatings,
  }
}

const starsOf = (mine: { half: number } | undefined): number | null => (mine?.half ? mine.half / 2 : null)
