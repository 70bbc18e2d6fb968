import { ratingsGiven, reviewsIntakeGroup } from '@marquee/contracts/reviews'
import { type Burst, onMany, type Subscription } from '@marquee/kit/events'
import { guarded } from '@marquee/kit/resilience'
import type { Database } from '@marquee/kit/sql'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import { keepLatest, type Persist, withMine } from './persist-ratings.ts'
import { persistLate, persistStamped } from './persist-stamped.ts'
import { createStamp } from './stamp-ratings.ts'

type Deps = { db: Database; burst: Burst; log: Logger; metrics: Metrics }

// Longer than a healthy broker takes by far; somebody waits.
const deadlineMilliseconds = 1500
const messagesTogether = 32

/**
 * Takes a batch in through the broker: it is given its place, queued, and answered once the broker has it. While the
 * broker is away it goes straight into the table; its place says what is later, whichever way it came.
 */
export function createQueueRatings({ db, burst, log, metrics }: Deps): Persist {
  const stamp = createStamp(db)
  const taken = metrics.counter('marquee_reviews_ratings_taken_total', 'Ratings taken in, by way', ['way'])
  const queue = guarded(
    {
      name: 'reviews.queueRatings',
      deadlineMilliseconds,
      breaker: { failures: 3, restMilliseconds: 2000 },
      metrics,
    },
    (_signal, payload: Parameters<typeof burst<typeof ratingsGiven>>[1]) =>
      burst(ratingsGiven, payload, { key: 'ratings' }),
  )

  let isBringingIn = false
  /** What a broker had taken before it went away stands in one place only, and that one does not outlive a crash. */
  const bringIn = async () => {
    if (isBringingIn) return
    isBringingIn = true
    try {
      await persistLate(db, 0)
    } catch (error) {
      log.warn({ err: error }, 'what waits in the broker could not be persisted yet')
    } finally {
      isBringingIn = false
    }
  }

  return async (records) => {
    const { latest, placeOf } = keepLatest(records)
    const { sequence, ratedAt, stamped } = await stamp(latest)
    const ratings = latest
      .filter((_, at) => stamped[at]?.known)
      .map(({ userId, movieId, half }) => ({ userId, movieId, half }))
    if (ratings.length > 0) await take()
    return records.map(({ half }, at) => {
      const found = stamped[placeOf[at] ?? -1]
      if (!found) throw new Error('a rating came back without an outcome')
      if (!found.known) return { outcome: 'unknown-film' }
      return { outcome: 'recorded', ...withMine(found, found.counted, half) }
    })

    async function take(): Promise<void> {
      try {
        await queue({ sequence, ratedAt, ratings })
        taken.inc({ way: 'queue' }, ratings.length)
      } catch (error) {
        // It may be in the queue all the same: the same place says that it is the same.
        log.debug({ err: error }, 'ratings go straight into the table: the broker did not take them')
        await persistStamped(
          db,
          ratings.map((rating) => ({ ...rating, sequence, ratedAt })),
        )
        taken.inc({ way: 'straight' }, ratings.length)
        void bringIn()
      }
    }
  }
}

/** Persists what was queued, many batches in a transaction. */
export const onRatingsGiven = (): Subscription =>
  onMany(
    reviewsIntakeGroup,
    (events, tx) =>
      persistStamped(
        tx,
        events.flatMap(({ payload: { sequence, ratedAt, ratings } }) =>
          ratings.map((rating) => ({ ...rating, sequence, ratedAt })),
        ),
      ),
    { together: messagesTogether },
  )
