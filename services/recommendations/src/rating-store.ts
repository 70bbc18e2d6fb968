import type { Transaction } from '@marquee/kit/sql'

// An erasure waits for what is being written, of whomever, and so finds it all. One lock: a batch is about very many people.
const meanwhileNoErasure =
  "select pg_advisory_xact_lock_shared(hashtextextended('recommendations erasure', 0))"
const aloneWithErasure = "select pg_advisory_xact_lock(hashtextextended('recommendations erasure', 0))"

export type RatingChange = {
  userId: string
  movieId: string
  /** Half stars; 0 when taken back. */
  stars: number
  sequence: number
  ratedAt: string
}

/** Keeps what is newer than what we have, and nothing of whoever was erased; answers how much that was. */
export async function recordRatings(on: Transaction, changes: readonly RatingChange[]): Promise<number> {
  await on.query(meanwhileNoErasure)
  const { rowCount } = await on.query(
    `insert into ratings (user_id, movie_id, stars, sequence, rated_at)
     select distinct on (user_id, movie_id) user_id, movie_id, stars, sequence, rated_at
       from (select "userId" as user_id, "movieId" as movie_id, stars, sequence, "ratedAt" as rated_at
               from jsonb_to_recordset($1::jsonb) as change
                 ("userId" uuid, "movieId" uuid, stars smallint, sequence bigint, "ratedAt" timestamptz)) change
      where not exists (select from erased_people e where e.user_id = change.user_id)
      order by user_id, movie_id, sequence desc
     on conflict (user_id, movie_id) do update
       set stars = excluded.stars, sequence = excluded.sequence, rated_at = excluded.rated_at
     where ratings.sequence < excluded.sequence`,
    [JSON.stringify(changes)],
    { name: 'recommendations-record-ratings' },
  )
  if (rowCount > 0) await on.query('update model set changes = changes + $1', [rowCount])
  return rowCount
}

export type Wish = { userId: string; movieId: string; listed: boolean; version: number; changedAt: string }

/** Keeps wishes that are newer than what we have. */
export async function recordWishes(on: Transaction, wishes: readonly Wish[]): Promise<void> {
  await on.query(meanwhileNoErasure)
  await on.query(
    `insert into wishes (user_id, movie_id, listed, version, changed_at)
     select distinct on ("userId", "movieId") "userId", "movieId", listed, version, "changedAt"
       from jsonb_to_recordset($1::jsonb) as wish
         ("userId" uuid, "movieId" uuid, listed boolean, version bigint, "changedAt" timestamptz)
      where not exists (select from erased_people e where e.user_id = "userId")
      order by "userId", "movieId", version desc
     on conflict (user_id, movie_id) do update
       set listed = excluded.listed, version = excluded.version, changed_at = excluded.changed_at
     where wishes.version < excluded.version`,
    [JSON.stringify(wishes)],
    { name: 'recommendations-record-wishes' },
  )
}

/** Nothing of an erased person stays, nor comes later. */
export async function forgetPerson(on: Transaction, userId: string): Promise<void> {
  await on.query(aloneWithErasure)
  await on.query('insert into erased_people (user_id) values ($1) on conflict do nothing', [userId])
  const { rowCount } = await on.query('delete from ratings where user_id = $1', [userId])
  await on.query('delete from wishes where user_id = $1', [userId])
  if (rowCount > 0) await on.query('update model set changes = changes + $1', [rowCount])
}
