import {
  watchlistErasureGroup,
  watchlistMoviesGroup,
  watchlistShowsGroup,
} from '@marquee/contracts/watchlist'
import type { DocumentStore } from '@marquee/kit/documents'
import { on, onMany, onOutside } from '@marquee/kit/events'
import type { Database, Transaction } from '@marquee/kit/sql'
import { toFilm } from './film-copy.ts'
import { keepFilms } from './film-store.ts'
import { forgetMove } from './moved-store.ts'
import { cancelShow, keepShow } from './show-store.ts'
import { queueTiding } from './tiding-store.ts'
import type { Home, Wish } from './wishes.ts'

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

const atOnce = 200

type Kept = { db: Database; wishes: DocumentStore<Wish>; homes: DocumentStore<Home> }

/** Nothing of an erased person stays. */
export const onErasure = ({ db, wishes, homes }: Kept) =>
  onOutside(watchlistErasureGroup, {
    'user.erased.v1': async ({ payload: { userId } }, apply) => {
      for (;;) {
        const { items } = await wishes.find({ where: { userId }, limit: atOnce })
        for (const { id } of items) await wishes.delete(id)
        if (items.length === 0) break
      }
      await homes.delete(userId)
      await forgetMove(db, userId)
      await apply(async () => {})
    },
  })
