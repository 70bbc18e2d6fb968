import type { Document, DocumentStore } from '@marquee/kit/documents'
import type { Database } from '@marquee/kit/sql'
import { isNear } from './near.ts'
import { findUpcoming, type Show } from './show-store.ts'
import type { TellOnce } from './tell-once.ts'
import { endTiding, noteProgress, takeTiding } from './tiding-store.ts'
import type { Home, Wish } from './wishes.ts'

type Deps = {
  db: Database
  wishes: DocumentStore<Wish>
  homes: DocumentStore<Home>
  tellOnce: TellOnce
  pageSize: number
}

const atOnce = 4

/**
 * Tells those who wait for a film and live near the theater that it comes, once each: what was told is kept with the
 * wish, in the write that tells. A film on very many lists is told page by page, and each page is behind us for good.
 */
export function createTellNearby({ db, wishes, homes, tellOnce, pageSize }: Deps): () => Promise<void> {
  return async () => {
    for (let tiding = await takeTiding(db); tiding; tiding = await takeTiding(db)) {
      let { cursor } = tiding
      const { showId } = tiding
      for (;;) {
        // Asked anew for each page: a show may be cancelled while its people are told.
        const show = await findUpcoming(db, showId)
        const page = show && (await readPage(show.movieId, cursor))
        if (show && page) await tellAll(show, page.items)
        cursor = page?.nextCursor ?? null
        if (cursor === null) break
        await noteProgress(db, { showId, cursor })
      }
      await endTiding(db, showId)
    }
  }

  function readPage(movieId: string, cursor: string | null) {
    return wishes.find({
      where: { movieId, listed: true },
      limit: pageSize,
      ...(cursor === null ? {} : { cursor }),
    })
  }

  async function tellAll(show: Show, waiting: readonly Document<Wish>[]): Promise<void> {
    const untold = waiting.filter(({ told }) => !told.includes(show.theaterId))
    const places = await homes.getMany(untold.map(({ userId }) => userId))
    const queue = untold.filter(({ userId }) => isNear(places.get(userId), show.location)).values()
    const worker = async () => {
      for (const { userId } of queue) await tellOnce(userId, show)
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }
}
