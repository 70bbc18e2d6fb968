import type { FilmLine } from '@marquee/contracts/reviews'
import type { Queryable } from '@marquee/kit/sql'
import type { z } from 'zod'

export type Film = { id: string; version: number; title: string; year: number | null; deleted: boolean }

export async function findFilms(db: Queryable, ids: readonly string[]): Promise<Map<string, Film>> {
  const { rows } = await db.query<Film>(
    'select id, version, title, year, deleted from films where id = any($1::uuid[])',
    [ids],
    { name: 'watchlist-find-films' },
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Keeps what is newer than what we have, in one statement. */
export async function keepFilms(db: Queryable, films: readonly Film[]): Promise<void> {
  await db.query(
    `insert into films (id, version, title, year, deleted)
     select distinct on (id) id, version, title, year, deleted
       from jsonb_to_recordset($1::jsonb) as film (id uuid, version int, title text, year int, deleted boolean)
      order by id, version desc
     on conflict (id) do update
       set version = excluded.version, title = excluded.title, year = excluded.year, deleted = excluded.deleted
     where films.version < excluded.version`,
    [JSON.stringify(films)],
    { name: 'watchlist-keep-films' },
  )
}

export const filmLine = ({ id, title, year }: Film): z.infer<typeof FilmLine> => ({
  id,
  title,
  year,
  posterUrl: `/posters/${id}.svg`,
})
