import type { Cache } from '@marquee/kit/cache'
import { shelfTag } from './film-shelves.ts'

/** Lists of films: any change of the catalogue or of an order of it makes them old. */
const lists = 'movies'
/** A film's own page and everything made of it alone. */
const filmTags = (id: string) => [`movie:${id}`, shelfTag(id)]

export type Forget = {
  /** Films changed: after this, nobody is shown them as they were, alone or in lists. */
  films: (ids: Iterable<string>) => Promise<void>
  lists: () => Promise<void>
  /** Others rated films: to be told by `figures`, since many such changes come together. */
  figuresLater: (ids: Iterable<string>) => void
  figures: () => Promise<void>
}

/** Drops cached answers once what they were made from has changed; to be called after the commit. */
export function createForget(cache: Cache): Forget {
  const rated = new Set<string>()
  return {
    films: (ids) => cache.invalidate([lists, ...[...ids].flatMap(filmTags)]),
    lists: () => cache.invalidate([lists]),
    figuresLater(ids) {
      for (const id of ids) rated.add(id)
    },
    async figures() {
      const ids = [...rated]
      rated.clear()
      if (ids.length > 0) await cache.invalidate(ids.flatMap(filmTags))
    },
  }
}
