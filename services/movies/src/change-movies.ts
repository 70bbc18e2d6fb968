import type { MovieDraft } from '@marquee/contracts/movies'
import type { Database, Transaction } from '@marquee/kit/sql'
import { type MovieRecord, type MovieRow, tidyFilm } from './film.ts'
import { createShelf } from './match-film.ts'
import type { Announce } from './movie-changed.ts'
import { movieStore } from './movie-store.ts'
import type { Told } from './told.ts'

type Deps = { db: Database; announce: Announce; told: Told; newId: () => string }
type Saved = { ok: true; row: MovieRow }
type Exists = { ok: false; code: 'movie-exists'; movieId: string }
type Refused = { ok: false; code: 'not-found' | 'version-mismatch' }

/** Adds, changes and removes single films, as an admin does. */
export function createChangeMovies({ db, announce, told, newId }: Deps) {
  return {
    async create(draft: MovieDraft): Promise<Saved | Exists> {
      const film = tidyFilm(draft)
      const saved = await db.transaction<Saved | Exists>(async (tx) => {
        await movieStore.lockForMatching(tx)
        const known = createShelf(await movieStore.findLike(tx, [film])).find(film)
        if (known) return { ok: false, code: 'movie-exists', movieId: known.id }
        const record: MovieRecord = { id: newId(), version: 1, film, popularity: 0 }
        await movieStore.insert(tx, [record])
        await announce(tx, [record])
        return { ok: true, row: { ...record, rating: null } }
      })
      if (saved.ok) await told([saved.row.id])
      return saved
    },

    async update(
      id: string,
      changes: Partial<MovieDraft>,
      expectedVersion?: number,
    ): Promise<Saved | Exists | Refused> {
      const saved = await db.transaction<Saved | Exists | Refused>(async (tx) => {
        await movieStore.lockForMatching(tx)
        const row = await movieStore.lock(tx, id)
        if (!row) return { ok: false, code: 'not-found' }
        if (expectedVersion !== undefined && expectedVersion !== row.version)
          return { ok: false, code: 'version-mismatch' }
        const record = { ...row, version: row.version + 1, film: tidyFilm({ ...row.film, ...changes }) }
        const other = await holderOfSameId(tx, record)
        if (other) return { ok: false, code: 'movie-exists', movieId: other }
        await movieStore.update(tx, [record])
        await announce(tx, [record])
        return { ok: true, row: record }
      })
      if (saved.ok) await told([id])
      return saved
    },

    async remove(id: string): Promise<boolean> {
      const removed = await db.transaction(async (tx) => {
        // An import that has found the film would announce it once more, as being there.
        await movieStore.lockForMatching(tx)
        const row = await movieStore.lock(tx, id)
        if (!row) return false
        await movieStore.remove(tx, id)
        await announce(tx, [{ ...row, version: row.version + 1 }], true)
        return true
      })
      if (removed) await told([id])
      return removed
    },
  }
}

async function holderOfSameId(tx: Transaction, record: MovieRecord): Promise<string | undefined> {
  const shelf = createShelf(await movieStore.findLike(tx, [record.film]))
  return Object.entries(record.film.externalIds)
    .map(([kind, value]) => shelf.holderOf(kind, value))
    .find((holder) => holder !== undefined && holder !== record.id)
}
