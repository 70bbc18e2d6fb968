import { moviesActivityGroup } from '@marquee/contracts/movies'
import { onMany, type Subscription } from '@marquee/kit/events'
import type { Forget } from '../forget.ts'
import { activityStore, type FilmFigures } from './activity-store.ts'
import { type Bought, pointsStore, type Rated, type Wished } from './points-store.ts'

/** A party counts like this many tickets at most. */
const mostTickets = 6

/** Takes bursts: whatever many events tell becomes two statements. */
export function onActivity(forget: Forget): Subscription {
  return onMany(
    moviesActivityGroup,
    async (events, tx) => {
      const newest = new Map<string, FilmFigures>()
      const rated: Rated[] = []
      const wished: Wished[] = []
      const bought: Bought[] = []
      for (const event of events) {
        const { occurredAt: toldAt } = event
        if (event.name === 'ratings.recorded.v1') {
          for (const film of event.payload.films) {
            const known = newest.get(film.movieId)
            if (!known || known.version < film.version) newest.set(film.movieId, film)
          }
          for (const { userId, movieId, stars, ratedAt: at = toldAt } of event.payload.changes)
            if (stars !== null) rated.push({ userId, movieId, at, toldAt })
        } else if (event.name === 'watchlist.changed.v1') {
          const { addedAt: at = toldAt, ...wish } = event.payload
          wished.push({ ...wish, at, toldAt })
        } else if (event.payload.movieId) {
          const tickets = Math.min(event.payload.tickets ?? 1, mostTickets)
          bought.push({ movieId: event.payload.movieId, tickets, toldAt })
        }
      }
      const changed = await activityStore.recordFigures(tx, [...newest.values()])
      await pointsStore.earn(tx, { rated, wished, bought })
      tx.afterCommit(() => forget.figuresLater(changed))
    },
    { together: 200 },
  )
}
