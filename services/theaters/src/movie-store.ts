import type { Queryable } from '@marquee/kit/sql'

export type MovieCopy = {
  id: string
  version: number
  title: string
  runtime_minutes: number | null
  deleted: boolean
}

/** Our copy of titles and runtimes. */
export const movieStore = {
  async find(db: Queryable, ids: readonly string[]): Promise<Map<string, MovieCopy>> {
    const { rows } = await db.query<MovieCopy>(
      'select id, version, title, runtime_minutes, deleted from movies where id = any($1::uuid[])',
      [[...new Set(ids)]],
    )
    return new Map(rows.map((row) => [row.id, row]))
  },

  /** Keeps what is newer than what we have; tells whether the title became another. */
  async keep(tx: Queryable, copy: MovieCopy): Promise<{ retitled: boolean }> {
    const before = (await movieStore.find(tx, [copy.id])).get(copy.id)
    const { rowCount } = await tx.query(
      `insert into movies (id, version, title, runtime_minutes, deleted) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set version = excluded.version, title = excluded.title,
         runtime_minutes = excluded.runtime_minutes, deleted = excluded.deleted
       where movies.version < excluded.version`,
      [copy.id, copy.version, copy.title, copy.runtime_minutes, copy.deleted],
    )
    return { retitled: rowCount > 0 && before !== undefined && before.title !== copy.title }
  },
}
