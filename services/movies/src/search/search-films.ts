import type { SearchStore } from '@marquee/kit/search'
import { posterUrl } from '../film.ts'
import type { MoviePage, MovieView } from '../movie-view.ts'
import type { filmIndex } from './film-index.ts'

type SearchWish = {
  q: string
  genre?: string | undefined
  year?: number | undefined
  sort?: 'popular' | 'rating' | 'newest' | 'title' | undefined
  cursor?: string | undefined
  limit: number
}

/** Films by words: the index says which and in what order; what a list shows of them one more question brings. */
export function createSearchFilms({
  index,
  view,
}: {
  index: SearchStore<typeof filmIndex>
  view: MovieView
}) {
  return {
    /** Undefined when the cursor is not one of this list. */
    async list({ q, genre, year, sort, cursor, limit }: SearchWish): Promise<MoviePage | undefined> {
      const found = await index.search({ q, filters: { genres: genre, year }, sort, cursor, limit })
      if (!found) return undefined
      const items = await view.some(found.items.map((one) => one.id))
      return { items, nextCursor: found.nextCursor }
    },

    async suggest(q: string, most = 8) {
      const found = await index.suggest(q, { limit: most, values: ['year'] })
      return found.map(({ id, name, values: { year } }) => ({
        id,
        title: name,
        year,
        posterUrl: posterUrl(id),
      }))
    },
  }
}

export type SearchFilms = ReturnType<typeof createSearchFilms>
