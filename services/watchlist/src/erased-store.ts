import type { Queryable } from '@marquee/kit/sql'

export async function noteErased(db: Queryable, userId: string): Promise<void> {
  await db.query('insert into erased_people (user_id) values ($1) on conflict do nothing', [userId])
}

export async function isErased(db: Queryable, userId: string): Promise<boolean> {
  const { rowCount } = await db.query('select from erased_people where user_id = $1', [userId], {
    name: 'watchlist-is-erased',
  })
  return rowCount > 0
}
