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

export type Addition = { movieId: string; addedAt: Temporal.Instant }

/** Puts films on lists and takes them off; both may be repeated. */
export function createChangeList({ db, wishes, homes, films, tellOnce, heedErasure, clock }: Deps) {
  const changed = ({ userId, movieId, listed, version, addedAt }: Document<Wish>): Telling =>
    tell(watchlistChanged, { userId, movieId, listed, version, addedAt })

  /** What is on near somebody, by film: the next show in each theater. */
  async function nearby(userId: string, movieIds: readonly string[]): Promise<Map<string, Show[]>> {
    const [home, shows] = await Promise.all([homes.get(userId), upcomingOf(db, movieIds)])
    return new Map(
      [...shows].map(([movieId, some]) => [movieId, some.filter(({ location }) => isNear(home, location))]),
    )
  }
  const firstWish = (userId: string, { movieId, addedAt }: Addition, shows: readonly Show[]): Wish => ({
    userId,
    movieId,
    listed: true,
    addedAt: sortable(addedAt),
    told: shows.map(({ theaterId }) => theaterId),
  })

  return {
    /** A film that is on near them already is told of at once. False for a film that is not there. */
    async add(userId: string, movieId: string): Promise<boolean> {
      if (!(await films([movieId])).has(movieId)) return false
      const shows = (await nearby(userId, [movieId])).get(movieId) ?? []
      const wish = firstWish(userId, { movieId, addedAt: clock.now() }, shows)
      const { ok } = await wishes.upsert(
        wishId(userId, movieId),
        (before) => (before?.listed ? undefined : wish),
        { events: (document) => [changed(document), ...shows.map((show) => tellOf(show, document))] },
      )
      if (ok) await catchUp(userId, [movieId], shows)
      await heedErasure(userId)
      return true
    },

    async remove(userId: string, movieId: string): Promise<void> {
      await wishes.update(
        wishId(userId, movieId),
        ({ id: _id, version: _version, ...wish }) =>
          wish.listed ? { ...wish, listed: false, told: [] } : undefined,
        { events: (document) => [changed(document)] },
      )
    },

    /** Those of films that are not there are left out; says how many are newly listed. */
    async addMany(userId: string, additions: readonly Addition[]): Promise<number> {
      // Of a film named twice the earlier wish counts.
      const byFilm = new Map(
        additions
          .toSorted((a, b) => Temporal.Instant.compare(b.addedAt, a.addedAt))
          .map((addition) => [addition.movieId, addition]),
      )
      const ids = [...byFilm.keys()]
      const [known, mine, shows] = await Promise.all([
        films(ids),
        wishes.getMany(ids.map((movieId) => wishId(userId, movieId))),
        nearby(userId, ids),
      ])
      const fresh = [...byFilm.values()].filter(
        ({ movieId }) => known.has(movieId) && !mine.get(wishId(userId, movieId))?.listed,
      )
      const put = await wishes.bulkPut(
        fresh.map((addition) => ({
          id: wishId(userId, addition.movieId),
          ...firstWish(userId, addition, shows.get(addition.movieId) ?? []),
        })),
        {
          events: (document) => [
            changed(document),
            ...(shows.get(document.movieId) ?? []).map((show) => tellOf(show, document)),
          ],
        },
      )
      const added = put.filter(({ outcome }) => outcome === 'inserted' || outcome === 'changed').length
      if (added > 0)
        await catchUp(
          userId,
          fresh.map(({ movieId }) => movieId),
          [...shows.values()].flat(),
        )
      await heedErasure(userId)
      return added
    },
  }

  /** A show announced after we looked and before the wish was there found nobody waiting. */
  async function catchUp(userId: string, movieIds: readonly string[], seen: readonly Show[]): Promise<void> {
    const toldOf = new Set(seen.map(placeOf))
    for (const show of [...(await nearby(userId, movieIds)).values()].flat())
      if (!toldOf.has(placeOf(show))) await tellOnce(userId, show)
  }
}
export type ChangeList = ReturnType<typeof createChangeList>
