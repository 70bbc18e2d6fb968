import {
  recommendationsErasureGroup,
  recommendationsRatingsGroup,
  recommendationsWatchlistGroup,
} from '@marquee/contracts/recommendations'
import { on, onMany } from '@marquee/kit/events'
import { forgetPerson, recordRatings, recordWishes } from './rating-store.ts'

/** Keeps our own copy of what people gave. */
export const onRatings = () =>
  onMany(
    recommendationsRatingsGroup,
    async (events, tx) => {
      const changes = events.flatMap(({ payload, occurredAt }) =>
        payload.changes.map(({ stars, ratedAt, ...change }) => ({
          ...change,
          stars: stars === null ? 0 : stars * 2,
          ratedAt: ratedAt ?? occurredAt,
        })),
      )
      await recordRatings(tx, changes)
    },
    { together: 10 },
  )

/** Keeps what people want to see. */
export const onWatchlist = () =>
  onMany(
    recommendationsWatchlistGroup,
    async (events, tx) => {
      await recordWishes(
        tx,
        events.map(({ payload, occurredAt }) => ({ ...payload, changedAt: occurredAt })),
      )
    },
    { together: 500 },
  )

export const onErasure = () =>
  on(recommendationsErasureGroup, { 'user.erased.v1': ({ payload }, tx) => forgetPerson(tx, payload.userId) })
