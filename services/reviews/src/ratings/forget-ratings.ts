import type { Database, Transaction } from '@marquee/kit/sql'

/** Takes back all that a person rated, and lets nothing replace that: figures follow when it is settled. */
export async function forgetRatings(tx: Transaction, userId: string): Promise<void> {
  await tx.query(
    `update ratings set stars = 0, sequence = ${Number.MAX_SAFE_INTEGER}, rated_at = clock(), imported = false
      where user_id = $1`,
    [userId],
  )
  await tx.query('delete from pending_ratings where user_id = $1', [userId])
}

/** Removes tombstones so old that nothing older can still come; says how many. */
export async function dropTombstones(db: Database, days = 30): Promise<number> {
  const { rowCount } = await db.query(
    `delete from ratings where stars = 0 and counted = 0 and rated_at < clock() - make_interval(days => $1)`,
    [days],
  )
  return rowCount
}
