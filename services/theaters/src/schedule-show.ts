import type { Database } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { readHouse } from './house.ts'
import type { KnowMovies } from './know-movies.ts'
import { invalid, planShow, type Refusal, type ShowWish } from './plan-show.ts'
import { type Clash, showStore } from './show-store.ts'

type Deps = { db: Database; announce: Announce; knowMovies: KnowMovies; newId: () => string }
type Outcome =
  | { ok: true; showId: string }
  | { ok: false; code: 'not-found' }
  | { ok: false; code: 'screen-busy'; clash: Clash }
  | Refusal

/** Puts one show on sale. */
export function createScheduleShow({ db, announce, knowMovies, newId }: Deps) {
  return async (theaterId: string, wish: Omit<ShowWish, 'id'> & { movieId: string }): Promise<Outcome> => {
    const movie = (await knowMovies([wish.movieId])).get(wish.movieId)
    if (!movie) return invalid('movieId', 'there is no such film')
    return db.transaction(async (tx): Promise<Outcome> => {
      const house = await readHouse(tx, theaterId, true)
      if (!house) return { ok: false, code: 'not-found' }
      const plan = planShow(house, movie, { ...wish, id: newId() })
      if (!plan.ok) return plan
      const inserted = await showStore.insertFree(tx, [plan.show])
      if (inserted.size === 0) {
        const clash = await showStore.clashWith(tx, plan.show)
        if (!clash) throw new Error('a show was refused by a clash that is gone')
        return { ok: false, code: 'screen-busy', clash }
      }
      await announce.scheduled(tx, [plan.show.id])
      return { ok: true, showId: plan.show.id }
    })
  }
}
