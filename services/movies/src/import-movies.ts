import type { MovieDraft } from '@marquee/contracts/movies'
import type { Database } from '@marquee/kit/sql'
import { type MovieRecord, mergeFilm, sameFilm, tidyFilm } from './film.ts'
import { createShelf } from './match-film.ts'
import type { Announce } from './movie-changed.ts'
import { movieStore } from './movie-store.ts'
import type { Told } from './told.ts'

export type ImportedFilm = MovieDraft & {
  id?: string
  popularity?: number
  /** For a film that is new here only. */
  firstPopularity?: number
}
export type ImportOutcome = { added: number; changed: number; unchanged: number; ids: string[] }
type Deps = { db: Database; announce: Announce; told: Told; newId: () => string }

/** Adds films nobody knew and updates those that tell something new; the same batch again changes nothing. */
export function createImportMovies({ db, announce, told, newId }: Deps) {
  return async (given: readonly ImportedFilm[], fill = false): Promise<ImportOutcome> => {
    const { touched, ...outcome } = await db.transaction(async (tx) => {
      await movieStore.lockForMatching(tx)
      const films = given.map((one) => ({ ...one, ...tidyFilm(one) }))
      const shelf = createShelf(await movieStore.findLike(tx, films))
      const added = new Map<string, MovieRecord>()
      const changed = new Map<string, MovieRecord>()
      let unchanged = 0
      const ids = films.map((told) => {
        const known = shelf.find(told, told.id)
        const record = known ? merged(known, told, { holderOf: shelf.holderOf, fill }) : fresh(told, newId())
        if (record === known) unchanged += 1
        else (known && !added.has(record.id) ? changed : added).set(record.id, record)
        shelf.add(record)
        return record.id
      })
      await movieStore.insert(tx, [...added.values()])
      await movieStore.update(tx, [...changed.values()])
      await announce(tx, [...added.values(), ...changed.values()])
      const touched = [...added.keys(), ...changed.keys()]
      return { added: added.size, changed: changed.size, unchanged, ids, touched }
    })
    if (touched.length > 0) await told(touched)
    return outcome
  }
}

function fresh(told: ImportedFilm, newId: string): MovieRecord {
  return {
    id: told.id ?? newId,
    version: 1,
    film: tidyFilm(told),
    popularity: told.popularity ?? told.firstPopularity ?? 0,
  }
}

type Merging = { holderOf: ReturnType<typeof createShelf>['holderOf']; fill: boolean }

function merged(known: MovieRecord, told: ImportedFilm, { holderOf, fill }: Merging): MovieRecord {
  // An external id that another film holds stays there.
  const mine = Object.entries(told.externalIds).filter(([kind, value]) => {
    const holder = holderOf(kind, value)
    return holder === undefined || holder === known.id
  })
  const mineOnly = { ...told, externalIds: Object.fromEntries(mine) }
  const film = fill ? mergeFilm(mineOnly, known.film) : mergeFilm(known.film, mineOnly)
  const popularity = told.popularity ?? known.popularity
  if (sameFilm(known.film, film) && popularity === known.popularity) return known
  return { id: known.id, version: known.version + 1, film, popularity }
}
