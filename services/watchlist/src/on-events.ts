import {
  watchlistErasureGroup,
  watchlistMoviesGroup,
  watchlistShowsGroup,
} from '@marquee/contracts/watchlist'
import { on, onMany, onOutside } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'
import { noteErased } from './erased-store.ts'
import { toFilm } from './film-copy.ts'
import { keepFilms } from './film-store.ts'
import type { ForgetPerson } from './forget-person.ts'
import { cancelShow, keepShow } from './show-store.ts'
import { queueTiding } from './tiding-store.ts'

/** Keeps our copy of films; a whole catalogue comes in statements of 500. */
export const onMovies = () =>
  onMany(
    watchlistMoviesGroup,
    (events, tx) =>
      keepFilms(
        tx,
        events.map(({ payload }) => toFilm(payload)),
      ),
    { together: 500 },
  )

/** Keeps our copy of shows; a film that comes on is told to those who wait for it, by and by. */
export function onShows() {
  async function keep({ payload }: { payload: Parameters<typeof keepShow>[1] }, tx: Transaction) {
    if (await keepShow(tx, payload)) await queueTiding(tx, payload.showId)
  }
  return on(watchlistShowsGroup, {
    'show.scheduled.v1': keep,
    'show.changed.v1': keep,
    'show.cancelled.v1': ({ payload }, tx) => cancelShow(tx, payload.showId),
  })
}

/** Nothing of an erased person stays, nor comes later. */
export const onErasure = ({ db, forgetPerson }: { db: Database; forgetPerson: ForgetPerson }) =>
  onOutside(watchlistErasureGroup, {
    'user.erased.v1': async ({ payload: { userId } }, apply) => {
      await noteErased(db, userId)
      await forgetPerson(userId)
      await apply(async () => {})
    },
  })
