import type { Queryable, Transaction } from '@marquee/kit/sql'

type Pair = { followerId: string; followeeId: string }

/** False when one of the two is erased; holds off an erasure of either until the transaction ends. */
export async function addFollow(tx: Transaction, { followerId, followeeId }: Pair): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from people where user_id = any($1::uuid[]) and not erased order by user_id for share`,
    [[followerId, followeeId]],
  )
  if (rowCount !== 2) return false
  await tx.query(
    `insert into follows (follower_id, followee_id, followed_at) values ($1, $2, clock()) on conflict do nothing`,
    [followerId, followeeId],
  )
  return true
}

export async function removeFollow(db: Queryable, { followerId, followeeId }: Pair): Promise<void> {
  await db.query(`delete from follows where follower_id = $1 and followee_id = $2`, [followerId, followeeId])
}

/** What a person's erasure takes with it; says whose figures changed. */
export async function forgetFollows(tx: Transaction, userId: string): Promise<string[]> {
  const { rows } = await tx.query<{ other: string }>(
    `delete from follows where follower_id = $1 or followee_id = $1
     returning case when follower_id = $1 then followee_id else follower_id end as other`,
    [userId],
  )
  return rows.map(({ other }) => other)
}
