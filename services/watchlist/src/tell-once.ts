import { watchlistShowNearby } from '@marquee/contracts/watchlist'
import { type DocumentStore, type Telling, tell } from '@marquee/kit/documents'
import type { Show } from './show-store.ts'
import { type Wish, wishId } from './wishes.ts'

/** The event that tells somebody of a show; whether it is near them, which it is to nobody without a home. */
export const tellOf = (show: Show, { userId, movieId }: Wish, near: boolean): Telling =>
  tell(watchlistShowNearby, {
    userId,
    movieId,
    movieTitle: show.movieTitle,
    showId: show.id,
    theaterId: show.theaterId,
    theaterName: show.theaterName,
    localStart: show.localStart,
    near,
    city: show.city ?? undefined,
  })

/** Tells who waits for a film of its show, once for each theater: what was told is kept by the write that tells. */
export function createTellOnce(wishes: DocumentStore<Wish>) {
  return async (userId: string, show: Show, near: boolean): Promise<void> => {
    await wishes.update(
      wishId(userId, show.movieId),
      ({ id: _id, version: _version, ...wish }) =>
        wish.listed && !wish.told.includes(show.theaterId)
          ? { ...wish, told: [...wish.told, show.theaterId] }
          : undefined,
      { events: (wish) => [tellOf(show, wish, near)] },
    )
  }
}
export type TellOnce = ReturnType<typeof createTellOnce>
