import type { SearchStore } from '@marquee/kit/search'
import type { Database } from '@marquee/kit/sql'
import { type filmIndex, toDocument } from './film-index.ts'
import { indexStore } from './index-store.ts'

export type IndexFilms = {
  /** Brings these into the index; called after the commit that marked them. */
  films: (ids: readonly string[]) => Promise<void>
  /** Brings in whatever is marked, and everything when the index was never filled; throws the reason once it is ended. */
  rest: (stopping: AbortSignal) => Promise<void>
}

const atOnce = 500
type Deps = { db: Database; index: SearchStore<typeof filmIndex> }

/** Keeps the search index as the films are. */
export function createIndexFilms({ db, index }: Deps): IndexFilms {
  return {
    async films(ids) {
      for (let start = 0; start < ids.length; start += atOnce) await some(ids.slice(start, start + atOnce))
    },
    async rest(stopping) {
      const isFilled = await index.isFilled()
      if (!isFilled) await indexStore.markAll(db)
      while ((await some()) === atOnce) stopping.throwIfAborted()
      if (!isFilled) await index.markFilled()
    },
  }

  async function some(ids?: readonly string[]): Promise<number> {
    const marked = await indexStore.marked(db, atOnce, ids)
    if (marked.length === 0) return 0
    const there = marked.flatMap(({ film }) => (film ? [film] : []))
    await index.put(there.map(toDocument))
    // One removed by somebody else meanwhile would be put back by what was read before.
    const gone = await indexStore.gone(
      db,
      marked.map((one) => one.movie_id),
    )
    if (gone.length > 0) await index.remove(gone)
    await indexStore.settle(db, marked)
    return marked.length
  }
}
