import type { Queryable } from '@marquee/kit/sql'

export type Film = {
  id: string
  version: number
  title: string
  year: number | null
  genres: string[]
  externalIds: Record<string, string>
  deleted: boolean
}

export async function findFilms(db: Queryable, ids: readonly string[]): Promise<Map<string, Film>> {
  if (ids.length === 0) return new Map()
  const { rows } = await db.query<Film>(
    `select id, version, title, year, genres, external_ids as "externalIds", deleted
       from movies where id = any($1::uuid[])`,
    [[...new Set(ids)]],
    { name: 'reviews-find-films' },
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Keeps what is newer than what we have, in one statement. */
export async function keepFilms(db: Queryable, films: readonly Film[]): Promise<void> {
  const newest = new Map<string, Film>()
  for (const film of films)
    if ((newest.get(film.id)?.version ?? -1) <= film.version) newest.set(film.id, film)
  await db.query(
    `insert into movies (id, version, title, year, genres, external_ids, deleted)
     select id, version, title, year, genres, "externalIds", deleted
       from jsonb_to_recordset($1::jsonb) as film
         (id uuid, version int, title text, year int, genres text[], "externalIds" jsonb, deleted boolean)
      order by id
     on conflict (id) do update set version = excluded.version, title = excluded.title, year = excluded.year,
       genres = excluded.genres, external_ids = excluded.external_ids, deleted = excluded.deleted
     where movies.version < excluded.version`,
    [JSON.stringify([...newest.values()])],
    { name: 'reviews-keep-films' },
  )
}
