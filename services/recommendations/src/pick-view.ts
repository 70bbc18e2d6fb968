import type { Queryable, Reading } from '@marquee/kit/sql'
import { pickRule } from './model/pick-films.ts'

/** The best films for somebody by what they rated, best first: neither rated nor wished for already. */
export async function readPicks(db: Reading, userId: string, most: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `with latest as (
       select movie_id, stars, row_number() over (order by rated_at desc, movie_id desc) - 1 as back
         from ratings where user_id = $1 and stars > 0
        order by rated_at desc, movie_id desc limit $3
     )
     select near.other as id
       from latest join neighbours n using (movie_id)
       cross join lateral unnest(n.others, n.weights) as near(other, weight)
      where near.other not in (select movie_id from ratings where user_id = $1 and stars > 0
                               union all select movie_id from wishes where user_id = $1 and listed)
      group by near.other
      order by sum(($5 + power(0.5, latest.back / $4::float8)) * latest.stars / 10 * near.weight) desc, near.other
      limit $2`,
    [userId, most, pickRule.latest, pickRule.halfLife, pickRule.floor],
    { name: 'recommendations-read-picks' },
  )
  return rows.map(({ id }) => id)
}

/** What somebody is known to want or to have liked, latest first: their taste while there are no neighbours. */
export async function readTaste(db: Queryable, userId: string, most: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select movie_id as id from (
       select movie_id, changed_at as at from wishes where user_id = $1 and listed
       union all select movie_id, rated_at from ratings where user_id = $1 and stars >= 7
     ) taste group by movie_id order by max(at) desc, movie_id limit $2`,
    [userId, most],
    { name: 'recommendations-read-taste' },
  )
  return rows.map(({ id }) => id)
}

/** Those of the films that somebody rated or wished for. */
export async function readKnown(db: Queryable, userId: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select movie_id as id from ratings where user_id = $1 and movie_id = any($2::uuid[]) and stars > 0
     union select movie_id from wishes where user_id = $1 and movie_id = any($2::uuid[]) and listed`,
    [userId, ids],
    { name: 'recommendations-read-known' },
  )
  return new Set(rows.map(({ id }) => id))
}
