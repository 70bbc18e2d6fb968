import { reviewsMoviesGroup } from '@marquee/contracts/reviews'
import { onMany, type Subscription } from '@marquee/kit/events'
import { keepFilms } from './film-store.ts'

/** Keeps our copy of films; a whole catalogue comes in statements of 500. */
export function onMovies(): Subscription {
  return onMany(
    reviewsMoviesGroup,
    (events, tx) =>
      keepFilms(
        tx,
        events.map(({ payload: { movieId, runtimeMinutes: _, ...film } }) => ({ ...film, id: movieId })),
      ),
    { together: 500 },
  )
}
