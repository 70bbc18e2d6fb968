import { foldTitle } from '@marquee/kit/search'
import type { Queryable } from '@marquee/kit/sql'
import type { Film, MovieRecord, MovieRow } from './film.ts'
import { rowColumns, summaryOf, tidyFilm } from './film.ts'
import { indexStore } from './search/index-store.ts'
import { sortTitle } from './sort-title.ts'

const columns = 'id, version, film, popularity'
/** A batch travels as one JSON value: any number of films, one statement. */
const recordset = `jsonb_to_recordset($1::jsonb) as new(
  id uuid, version int, film jsonb, summary jsonb, year int, genres text[], folded_title text, sort_title text, newest text,
  popularity double precision)`
const fields = 'summary, year, genres, folded_title, sort_title, newest, popularity'

/** Everything that writes films, and the reads that writing needs. */
export const movieStore = {
  /** Films match one writer at a time, or two imports would both add what neither found. */
  async lockForMatching(tx: Queryable): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('movies.matching', 0))`)
  },

  async lock(tx: Queryable, id: string): Promise<MovieRow | undefined> {
    const { rows } = await tx.query<MovieRow>(
      `select ${rowColumns('movies')} from movies where id = $1 for update`,
      [id],
    )
    return rows[0]
  },

  async idOfImdb(db: Queryable, imdbId: string): Promise<string | undefined> {
    const { rows } = await db.query<{ id: string }>(
      `select id from movies where film -> 'externalIds' ->> 'imdb' = $1`,
      [imdbId],
    )
    return rows[0]?.id
  },

  /** Every film that could be one of these: by id, by any external id, by folded title. */
  async findLike(tx: Queryable, films: readonly (Film & { id?: string })[]): Promise<MovieRecord[]> {
    const of = (kind: 'imdb' | 'tmdb' | 'wikipedia') => films.flatMap((film) => film.externalIds[kind] ?? [])
    const { rows } = await tx.query<MovieRecord>(
      `select ${columns} from movies where id = any($1::uuid[])
       union all select ${columns} from movies where film -> 'externalIds' ->> 'imdb' = any($2::text[])
       union all select ${columns} from movies where film -> 'externalIds' ->> 'tmdb' = any($3::text[])
       union all select ${columns} from movies where film -> 'externalIds' ->> 'wikipedia' = any($4::text[])
       union all select ${columns} from movies where folded_title = any($5::text[])`,
      [
        films.flatMap((film) => film.id ?? []),
        of('imdb'),
        of('tmdb'),
        of('wikipedia'),
        [...new Set(films.map((film) => foldTitle(film.title)))],
      ],
    )
    return [...new Map(rows.map((row) => [row.id, row])).values()]
  },

  async insert(tx: Queryable, records: readonly MovieRecord[]): Promise<void> {
    if (records.length === 0) return
    await tx.query(
      `insert into movies (id, version, film, ${fields})
       select id, version, film, ${fields} from ${recordset}`,
      [JSON.stringify(records.map(toRow))],
    )
    await indexStore.mark(tx, idsOf(records))
  },

  async update(tx: Queryable, records: readonly MovieRecord[]): Promise<void> {
    if (records.length === 0) return
    await tx.query(
      `update movies set version = new.version, film = new.film, summary = new.summary, year = new.year, genres = new.genres,
         folded_title = new.folded_title, sort_title = new.sort_title, newest = new.newest,
         popularity = new.popularity
       from ${recordset} where movies.id = new.id`,
      [JSON.stringify(records.map(toRow))],
    )
    await indexStore.mark(tx, idsOf(records))
  },

  async remove(tx: Queryable, id: string): Promise<void> {
    await tx.query('delete from movies where id = $1', [id])
    await indexStore.mark(tx, [id])
  },
}

const idsOf = (records: readonly MovieRecord[]) => records.map((record) => record.id)

function toRow(record: MovieRecord) {
  const film = tidyFilm(record.film)
  return {
    id: record.id,
    version: record.version,
    film,
    summary: summaryOf(film),
    year: film.year,
    genres: film.genres,
    folded_title: foldTitle(film.title),
    sort_title: sortTitle(film.title),
    newest: film.releaseDate ?? String(film.year ?? ''),
    popularity: record.popularity,
  }
}
