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

export type KnownViewing = { id: string; watchedOn: string | null }

/** A person's viewings of a film, the earliest written down first. */
export async function viewingsOf(
  db: Queryable,
  { userId, movieId }: { userId: string; movieId: string },
): Promise<KnownViewing[]> {
  const { rows } = await db.query<KnownViewing>(
    `select id, watched_on as "watchedOn" from diary where user_id = $1 and movie_id = $2 order by id`,
    [userId, movieId],
  )
  return rows
}
