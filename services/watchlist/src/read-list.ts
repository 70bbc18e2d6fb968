import type { DocumentStore } from '@marquee/kit/documents'
import type { Database, Reading } from '@marquee/kit/sql'
import { filmLine, findFilms } from './film-store.ts'
import type { Wish } from './wishes.ts'

type Deps = { db: Database; wishes: DocumentStore<Wish> }

const exportPage = 1000

/** Lists as people see them: two queries a page, however long. Films that left the catalogue are left out. */
export function createReadList({ db, wishes }: Deps) {
  const mine = (userId: string) => ({ userId, listed: true })
  async function present(found: readonly Wish[]) {
    const films = await findFilms(
      db,
      found.map(({ movieId }) => movieId),
    )
    return found.flatMap(({ movieId, addedAt }) => {
      const film = films.get(movieId)
      return film && !film.deleted ? [{ movie: filmLine(film), addedAt }] : []
    })
  }
  return {
    /** Latest first; undefined when the cursor is none of this list. */
    async page(
      from: Reading,
      userId: string,
      { limit, cursor }: { limit: number; cursor?: string | undefined },
    ) {
      const page = await wishes.from(from).find({ where: mine(userId), order: ['-addedAt'], limit, cursor })
      return page && { items: await present(page.items), nextCursor: page.nextCursor }
    },
    /** Everything, oldest first. */
    async whole(userId: string) {
      const found: Wish[] = []
      let cursor: string | undefined
      do {
        const page = await wishes.find({
          where: mine(userId),
          order: ['-addedAt'],
          limit: exportPage,
          cursor,
        })
        found.push(...(page?.items ?? []))
        cursor = page?.nextCursor ?? undefined
      } while (cursor !== undefined)
      return present(found.toReversed())
    },
  }
}
export type ReadList = ReturnType<typeof createReadList>
