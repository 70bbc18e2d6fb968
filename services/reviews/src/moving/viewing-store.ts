import type { Queryable, Transaction } from '@marquee/kit/sql'
import { wasErased } from '../diary/diary-store.ts'
import type { Fact } from './read/fact.ts'

export type MovedViewing = { movieId: string } & Extract<Fact, { kind: 'viewing' }>
type Deps = { newId: () => string }

/** Adds viewings to a diary; one that is there already, of the same film and day, stays as it is. */
export async function addViewings(
  tx: Transaction,
  { userId, viewings }: { userId: string; viewings: readonly MovedViewing[] },
  { newId }: Deps,
): Promise<number> {
  // Whoever leaves while their file is worked on leaves nothing behind.
  if (viewings.length === 0 || (await wasErased(tx, userId))) return 0
  const rows = viewings.map(({ stars, ...viewing }) => ({
    ...viewing,
    id: newId(),
    halves: stars === null ? null : stars * 2,
  }))
  const { rowCount } = await tx.query(
    `insert into diary (id, user_id, movie_id, watched_on, stars, liked, rewatch, tags, note, visibility, created_at)
     select id, $1, "movieId", "watchedOn", halves, liked, rewatch, tags, note, visibility, clock()
       from jsonb_to_recordset($2::jsonb) as one (id uuid, "movieId" uuid, "watchedOn" date, halves smallint,
         liked boolean, rewatch boolean, tags text[], note text, visibility text)
      where not exists (select from diary where user_id = $1 and movie_id = "movieId"
                           and watched_on is not distinct from "watchedOn")`,
    [userId, JSON.stringify(rows)],
  )
  return rowCount
}

/** The viewing of a film on a day. */
export async function findViewing(
  db: Queryable,
  { userId, movieId, watchedOn }: { userId: string; movieId: string; watchedOn: string },
): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>(
    'select id from diary where user_id = $1 and movie_id = $2 and watched_on = $3 order by id limit 1',
    [userId, movieId, watchedOn],
  )
  return rows[0]?.id
}
