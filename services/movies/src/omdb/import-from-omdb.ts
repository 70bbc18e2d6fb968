import type { Movie } from '@marquee/contracts/movies'
import type { createFilmShelves } from '../film-shelves.ts'
import type { createImportMovies } from '../import-movies.ts'
import type { Asked, AskOmdb } from './ask-omdb.ts'
import { readOmdbAnswer } from './omdb-answer.ts'

type Deps = {
  askOmdb: AskOmdb
  importMovies: ReturnType<typeof createImportMovies>
  shelves: ReturnType<typeof createFilmShelves>
}
type Imported =
  | { ok: true; movie: Movie; added: boolean }
  | { ok: false; code: 'movie-unknown' }
  | { ok: false; code: 'not-a-film'; kind: string }
  | Exclude<Asked, { ok: true }>

/** Brings in the facts of one film; what OMDb leaves out stays as it is here. */
export function createImportFromOmdb({ askOmdb, importMovies, shelves }: Deps) {
  return async (imdbId: string): Promise<Imported> => {
    const asked = await askOmdb.film(imdbId)
    if (!asked.ok) return asked
    if (!asked.found) return { ok: false, code: 'movie-unknown' }
    const facts = readOmdbAnswer(asked.answer)
    // It answered in its format and said nothing that makes a film.
    if (!facts) return { ok: false, code: 'movie-unknown' }
    if (facts.kind !== 'movie') return { ok: false, code: 'not-a-film', kind: facts.kind }
    const { added, ids } = await importMovies([{ ...facts.film, firstPopularity: facts.popularity }])
    const movie = ids[0] ? await shelves.get(ids[0]) : undefined
    return movie ? { ok: true, movie, added: added > 0 } : { ok: false, code: 'movie-unknown' }
  }
}
