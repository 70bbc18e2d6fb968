import type { DocumentStore } from '@marquee/kit/documents'
import type { Database } from '@marquee/kit/sql'
import { endMove, type Move, takeMove } from './moved-store.ts'
import { isNear } from './near.ts'
import { type Show, upcomingOf } from './show-store.ts'
import type { TellOnce } from './tell-once.ts'
import type { Home, Wish } from './wishes.ts'

type Deps = {
  db: Database
  wishes: DocumentStore<Wish>
  homes: DocumentStore<Home>
  tellOnce: TellOnce
  pageSize: number
}

/**
 * Tells those who said where near is what is on there already of the films they wait for. Whoever took their home away
 * hears only of what comes from now on: everywhere would be every theater there is at once, so it is noted as known.
 */
export function createLookAround({ db, wishes, homes, tellOnce, pageSize }: Deps): () => Promise<void> {
  return async () => {
    for (let move = await takeMove(db); move; move = await takeMove(db)) {
      await lookAround(move)
      await endMove(db, move)
    }
  }

  async function lookAround({ userId }: Move): Promise<void> {
    const home = await homes.get(userId)
    let page = await readPage(userId, null)
    while (page) {
      const shows = await upcomingOf(
        db,
        page.items.map(({ movieId }) => movieId),
      )
      for (const wish of page.items) {
        const untold = (shows.get(wish.movieId) ?? []).filter(
          ({ theaterId }) => !wish.told.includes(theaterId),
        )
        if (!home) await noteKnown(wish.id, untold)
        else for (const show of untold) if (isNear(home, show.location)) await tellOnce(userId, show, true)
      }
      page = page.nextCursor === null ? undefined : await readPage(userId, page.nextCursor)
    }
  }

  async function noteKnown(id: string, shows: readonly Show[]): Promise<void> {
    const known = shows.map(({ theaterId }) => theaterId)
    await wishes.update(id, ({ id: _id, version: _version, ...wish }) => {
      const onBefore = [...new Set([...(wish.onBefore ?? []), ...known])]
      return wish.listed && onBefore.length > (wish.onBefore?.length ?? 0) ? { ...wish, onBefore } : undefined
    })
  }

  function readPage(userId: string, cursor: string | null) {
    return wishes.find({
      where: { userId, listed: true },
      limit: pageSize,
      ...(cursor === null ? {} : { cursor }),
    })
  }
}
