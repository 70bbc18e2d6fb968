import type { Database } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { readHouse } from './house.ts'
import type { KnowMovies } from './know-movies.ts'
import { planShow, type ShowWish } from './plan-show.ts'
import { showStore } from './show-store.ts'

type Deps = { db: Database; announce: Announce; knowMovies: KnowMovies; newId: () => string }
type Wish = Omit<ShowWish, 'id'> & { movieId: string; theaterId: string }
type Created = { id: string; screenId: string; startsAt: string }

/** Schedules many shows, a transaction a theater; what clashes or breaks a rule is skipped. */
export function createScheduleShows({ db, announce, knowMovies, newId }: Deps) {
  return async (wishes: readonly Wish[]): Promise<{ created: Created[]; skipped: number }> => {
    const movies = await knowMovies(wishes.map((wish) => wish.movieId))
    const created: Created[] = []
    for (const [theaterId, ofTheater] of Map.groupBy(wishes, (wish) => wish.theaterId)) {
      const scheduled = await db.transaction(async (tx) => {
        const house = await readHouse(tx, theaterId, true)
        if (!house) return []
        const planned = ofTheater.flatMap((wish) => {
          const movie = movies.get(wish.movieId)
          const plan = movie && planShow(house, movie, { ...wish, id: newId() })
          return plan?.ok ? [plan.show] : []
        })
        const inserted = await showStore.insertFree(tx, planned)
        await announce.scheduled(tx, [...inserted])
        return planned.filter((show) => inserted.has(show.id))
      })
      for (const show of scheduled)
        created.push({ id: show.id, screenId: show.screen_id, startsAt: show.starts_at.toString() })
    }
    return { created, skipped: wishes.length - created.length }
  }
}
