import { moviesActivityGroup } from '@marquee/contracts/movies'
import { onMany, type Subscription } from '@marquee/kit/events'
import type { Forget } from '../forget.ts'
import { activityStore, type FilmFigures } from './activity-store.ts'

/** What an act says of the interest in a film. A watchlist that drops a film takes its points back. */
const points = { rating: 1, watchlist: 2, ticket: 2 }
/** A party counts like this many tickets at most. */
const mostTickets = 6

/** Takes bursts: whatever many events tell becomes two statements. */
export function onActivity(forget: Forget): Subscription {
  return onMany(
    moviesActivityGroup,
    async (events, tx) => {
      const newest = new Map<string, FilmFigures>()
      const earned = new Map<string, number>()
      const earn = (movieId: string, more: number) => earned.set(movieId, (earned.get(movieId) ?? 0) + more)
      for (const event of events) {
        if (event.name === 'ratings.recorded.v1') {
          for (const film of event.payload.films) {
            const known = newest.get(film.movieId)
            if (!known || known.version < film.version) newest.set(film.movieId, film)
          }
          for (const { movieId, stars } of event.payload.changes)
            if (stars !== null) earn(movieId, points.rating)
        } else if (event.name === 'watchlist.changed.v1') {
          earn(event.payload.movieId, event.payload.listed ? points.watchlist : -points.watchlist)
        } else if (event.payload.movieId) {
          const tickets = Math.min(event.payload.tickets ?? 1, mostTickets)
          earn(event.payload.movieId, tickets * points.ticket)
        }
      }
      const changed = await activityStore.recordFigures(tx, [...newest.values()])
      await activityStore.addPoints(tx, earned)
      tx.afterCommit(() => forget.figuresLater(changed))
    },
    { together: 200 },
  )
}
