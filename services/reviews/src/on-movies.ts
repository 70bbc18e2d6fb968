import { reviewsMoviesGroup } from '@marquee/contracts/reviews'
import { onMany, type Subscription } from '@marquee/kit/events'
import { toFilm } from './film-copy.ts'
import { keepFilms } from './film-store.ts'

/** Keeps our copy of films; a whole catalogue comes in statements of 500. */
export function onMovies(): Subscription {
  return onMany(
    reviewsMoviesGroup,
    (events, tx) =>
      keepFilms(
        tx,
        events.map(({ payload }) => toFilm(payload)),
      ),
    { together: 500 },
  )
}
