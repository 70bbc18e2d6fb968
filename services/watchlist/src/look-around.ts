import type { DocumentStore } from '@marquee/kit/documents'
import type { Database } from '@marquee/kit/sql'
import { endMove, type Move, takeMove } from './moved-store.ts'
import { isNear } from './near.ts'
import { upcomingOf } from './show-store.ts'
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
 * hears only of what comes from now on: everywhere would be every theater there is at once.
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
    if (!home) return
    let page = await readPage(userId, null)
    while (page) {
      const shows = await upcomingOf(
        db,
        page.items.map(({ movieId }) => movieId),
      )
      for (const { movieId, told } of page.items)
        for (const show of shows.get(movieId) ?? [])
          if (!told.includes(show.theaterId) && isNear(home, show.location))
            await tellOnce(userId, show, true)
      page = page.nextCursor === null ? undefined : await readPage(userId, page.nextCursor)
    }
  }

  function readPage(userId: string, cursor: string | null) {
    return wishes.find({
      where: { userId, listed: true },
      limit: pageSize,
      ...(cursor === null ? {} : { cursor }),
    })
  }
}
