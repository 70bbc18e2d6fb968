import { watchlistChanged } from '@marquee/contracts/watchlist'
import { type Document, type DocumentStore, type Telling, tell } from '@marquee/kit/documents'
import type { Clock } from '@marquee/kit/service'
import type { Database } from '@marquee/kit/sql'
import type { FilmCopy } from './film-copy.ts'
import type { HeedErasure } from './forget-person.ts'
import { isNear } from './near.ts'
import { type Show, upcomingOf } from './show-store.ts'
import { type TellOnce, tellOf } from './tell-once.ts'
import { type Home, sortable, type Wish, wishId } from './wishes.ts'

type Deps = {
  db: Database
  wishes: DocumentStore<Wish>
  homes: DocumentStore<Home>
  films: FilmCopy
  tellOnce: TellOnce
  heedErasure: HeedErasure
  clock: Clock
}
const placeOf = ({ movieId, theaterId }: Show) => `${movieId}:${theaterId}`

type Around = { hasHome: boolean; shows: ReadonlyMap<string, readonly Show[]> }
/** Where a film is on, and what of it is told to who lists it. */
type On = { shows: readonly Show[]; news: readonly Show[] }
export type Addition = { movieId: string; addedAt: Temporal.Instant }

/** Puts films on lists and takes them off; both may be repeated. */
export function createChangeList({ db, wishes, homes, films, tellOnce, heedErasure, clock }: Deps) {
  const changed = ({ userId, movieId, listed, version, addedAt }: Document<Wish>): Telling =>
    tell(watchlistChanged, { userId, movieId, listed, version, addedAt })

  /** What is on near somebody, or anywhere for who has no home, by film: the next show in each theater, soonest first. */
  async function nearby(userId: string, movieIds: readonly string[]): Promise<Around> {
    const [home, shows] = await Promise.all([homes.get(userId), upcomingOf(db, movieIds)])
    return {
      hasHome: home !== undefined,
      shows: new Map(
        [...shows].map(([movieId, some]) => [movieId, some.filter(({ location }) => isNear(home, location))]),
      ),
    }
  }
  /** What is on already and not told now is no news later: only without a home is anything left untold. */
  const wishOf = (userId: string, { movieId, addedAt }: Addition, { shows, news }: On): Wish => ({
    userId,
    movieId,
    listed: true,
    addedAt: sortable(addedAt),
    told: news.map(({ theaterId }) => theaterId),
    onBefore: shows.filter((show) => !news.includes(show)).map(({ theaterId }) => theaterId),
  })

  return {
    /**
     * A film that is on near them already is told of at once; without a home only its soonest show is, for everywhere
     * would be every theater at once. False for a film that is not there.
     */
    async add(userId: string, movieId: string): Promise<boolean> {
      if (!(await films([movieId])).has(movieId)) return false
      const around = await nearby(userId, [movieId])
      const shows = around.shows.get(movieId) ?? []
      const news = around.hasHome ? shows : shows.slice(0, 1)
      const wish = wishOf(userId, { movieId, addedAt: clock.now() }, { shows, news })
      const { ok } = await wishes.upsert(
        wishId(userId, movieId),
        (before) => (before?.listed ? undefined : wish),
        {
          events: (document) => [
            changed(document),
            ...news.map((show) => tellOf(show, document, around.hasHome)),
          ],
        },
      )
      if (ok) await catchUp(userId, [movieId], around)
      await heedErasure(userId)
      return true
    },

    async remove(userId: string, movieId: string): Promise<void> {
      await wishes.update(
        wishId(userId, movieId),
        ({ id: _id, version: _version, ...wish }) =>
          wish.listed ? { ...wish, listed: false, told: [], onBefore: [] } : undefined,
        { events: (document) => [changed(document)] },
      )
    },

    /**
     * Those of films that are not there are left out; says how many are newly listed. What is on near them already is
     * told at once; without a home there is no near, and only what comes from now on is told.
     */
    async addMany(userId: string, additions: readonly Addition[]): Promise<number> {
      // Of a film named twice the earlier wish counts.
      const byFilm = new Map(
        additions
          .toSorted((a, b) => Temporal.Instant.compare(b.addedAt, a.addedAt))
          .map((addition) => [addition.movieId, addition]),
      )
      const ids = [...byFilm.keys()]
      const [known, mine, around] = await Promise.all([
        films(ids),
        wishes.getMany(ids.map((movieId) => wishId(userId, movieId))),
        nearby(userId, ids),
      ])
      const fresh = [...byFilm.values()].filter(
        ({ movieId }) => known.has(movieId) && !mine.get(wishId(userId, movieId))?.listed,
      )
      const onOf = (movieId: string): On => {
        const shows = around.shows.get(movieId) ?? []
        return { shows, news: around.hasHome ? shows : [] }
      }
      const put = await wishes.bulkPut(
        fresh.map((addition) => ({
          id: wishId(userId, addition.movieId),
          ...wishOf(userId, addition, onOf(addition.movieId)),
        })),
        {
          events: (document) => [
            changed(document),
            ...onOf(document.movieId).news.map((show) => tellOf(show, document, true)),
          ],
        },
      )
      const added = put.filter(({ outcome }) => outcome === 'inserted' || outcome === 'changed').length
      if (added > 0)
        await catchUp(
          userId,
          fresh.map(({ movieId }) => movieId),
          around,
        )
      await heedErasure(userId)
      return added
    },
  }

  /**
   * A show announced after we looked and before the wish was there found nobody waiting, and so did a home that was
   * said in between. One that was taken away in between brings no news.
   */
  async function catchUp(userId: string, movieIds: readonly string[], before: Around): Promise<void> {
    const { hasHome, shows } = await nearby(userId, movieIds)
    if (before.hasHome && !hasHome) return
    const seen = new Set(hasHome === before.hasHome ? [...before.shows.values()].flat().map(placeOf) : [])
    for (const show of [...shows.values()].flat())
      if (!seen.has(placeOf(show))) await tellOnce(userId, show, hasHome)
  }
}
export type ChangeList = ReturnType<typeof createChangeList>
