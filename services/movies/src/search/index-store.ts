import type { Queryable } from '@marquee/kit/sql'
import type { FilmToIndex } from './film-index.ts'

type Marked = { movie_id: string; mark: string; film: FilmToIndex | null }

/** Which films the search index has yet to hear of. */
export const indexStore = {
  /** In the transaction that changes them. */
  async mark(tx: Queryable, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await tx.query(
      `insert into films_to_index (movie_id) select id from unnest($1::uuid[]) as id order by id
       on conflict (movie_id) do update set mark = excluded.mark`,
      [ids],
    )
  },

  async markAll(db: Queryable): Promise<void> {
    await db.query(
      `insert into films_to_index (movie_id) select id from movies order by id
       on conflict (movie_id) do update set mark = excluded.mark`,
    )
  },

  /** Some that are marked, as they are now; null for one that is gone. */
  async marked(db: Queryable, most: number, ids?: readonly string[]): Promise<Marked[]> {
    const { rows } = await db.query<Marked>(
      `select movie_id, mark::text, case when movies.id is not null then jsonb_build_object('id', movies.id,
         'version', version, 'film', film, 'popularity', popularity, 'weighted_rating', weighted_rating) end as film
       from (select * from films_to_index where $1::uuid[] is null or movie_id = any($1) order by movie_id limit $2)
         as due left join movies on movies.id = movie_id`,
      [ids ?? null, most],
    )
    return rows
  },

  /** Unless marked again since. */
  async settle(db: Queryable, done: readonly Marked[]): Promise<void> {
    await db.query(
      `delete from films_to_index using unnest($1::uuid[], $2::bigint[]) as done (movie_id, mark)
       where films_to_index.movie_id = done.movie_id and films_to_index.mark = done.mark`,
      [done.map((one) => one.movie_id), done.map((one) => one.mark)],
    )
  },

  async gone(db: Queryable, ids: readonly string[]): Promise<string[]> {
    const { rows } = await db.query<{ id: string }>(
      `select id from unnest($1::uuid[]) as id where not exists (select from movies where movies.id = id.id)`,
      [ids],
    )
    return rows.map((row) => row.id)
  },
}
