import type { Queryable } from '@marquee/kit/sql'

/** How far a provider's book has been read; 0 at first. */
export async function findCursor(db: Queryable, provider: string): Promise<number> {
  const { rows } = await db.query<{ seq: number }>('select seq from books where provider = $1', [provider])
  return rows[0]?.seq ?? 0
}

export async function saveCursor(db: Queryable, provider: string, seq: number): Promise<void> {
  await db.query(
    `insert into books (provider, seq) values ($1, $2)
     on conflict (provider) do update set seq = excluded.seq where books.seq < excluded.seq`,
    [provider, seq],
  )
}
