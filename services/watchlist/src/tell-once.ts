import { watchlistShowNearby } from '@marquee/contracts/watchlist'
import { type DocumentStore, type Telling, tell } from '@marquee/kit/documents'
import type { Show } from './show-store.ts'
import { type Wish, wishId } from './wishes.ts'

/** The event that tells somebody of a show. */
export const tellOf = (show: Show, { userId, movieId }: Wish): Telling =>
  tell(watchlistShowNearby, {
    userId,
    movieId,
    movieTitle: show.movieTitle,
    showId: show.id,
    theaterName: show.theaterName,
    localStart: show.localStart,
  })

/** Tells who waits for a film of its show, once for each theater: what was told is kept by the write that tells. */
export function createTellOnce(wishes: DocumentStore<Wish>) {
  return async (userId: string, show: Show): Promise<void> => {
    await wishes.update(
      wishId(userId, show.movieId),
      ({ id: _id, version: _version, ...wish }) =>
        wish.listed && !wish.told.includes(show.theaterId)
          ? { ...wish, told: [...wish.told, show.theaterId] }
          : undefined,
      { events: (wish) => [tellOf(show, wish)] },
    )
  }
}
export type TellOnce = ReturnType<typeof createTellOnce>
