import type { Document, DocumentStore } from '@marquee/kit/documents'
import type { Database } from '@marquee/kit/sql'
import { isNear } from './near.ts'
import { findUpcoming, type Show } from './show-store.ts'
import type { TellOnce } from './tell-once.ts'
import { endTiding, handBackTiding, noteProgress, type Tiding, takeTiding } from './tiding-store.ts'
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
 * When the process stops, it ends after the page in hand and another goes on at once.
 */
export function createTellNearby({ db, wishes, homes, tellOnce, pageSize }: Deps) {
  return async (stopping: AbortSignal): Promise<void> => {
    while (!stopping.aborted) {
      let tiding = await takeTiding(db)
      if (!tiding) return
      while (tiding && !stopping.aborted) tiding = await tellPage(tiding)
      if (tiding) await handBackTiding(db, tiding)
    }
  }

  /** What is left to be told after one more page, if that is ours to tell. */
  async function tellPage(tiding: Tiding): Promise<Tiding | undefined> {
    // Asked anew for each page: a show may be cancelled while its people are told.
    const show = await findUpcoming(db, tiding.showId)
    const page = show && (await readPage(show.movieId, tiding.cursor))
    if (show && page) await tellAll(show, page.items)
    if (page && page.nextCursor !== null) return noteProgress(db, tiding, page.nextCursor)
    await endTiding(db, tiding)
    return undefined
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
    const isNews = ({ userId, onBefore }: Wish) => {
      const home = places.get(userId)
      return home ? isNear(home, show.location) : !onBefore?.includes(show.theaterId)
    }
    const queue = untold.filter(isNews).values()
    const worker = async () => {
      for (const { userId } of queue) await tellOnce(userId, show, places.has(userId))
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }
}
