import type { Queryable } from './database.ts'
import { SqlError } from './sql-error.ts'

// The guard, a backup, a person with psql.
const spare = 5

/**
 * Checks that all pools can be full at once: the sum of their sizes against what the server allows its ordinary
 * users. Errors: `pools-too-large`. Not through a pooler, which has its own limits.
 */
export async function checkPoolSizes(db: Queryable, pools: Readonly<Record<string, number>>): Promise<void> {
  const { rows } = await db.query<{ most: number }>(
    `select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
       - current_setting('reserved_connections')::int as most`,
  )
  const refusal = judgePoolSizes(pools, rows[0]?.most ?? 0)
  if (refusal) throw refusal
}

/** The error for pools that do not fit `most` connections, or undefined when they do. */
export function judgePoolSizes(pools: Readonly<Record<string, number>>, most: number): SqlError | undefined {
  const sum = Object.values(pools).reduce((total, size) => total + size, 0)
  if (sum + spare <= most) return undefined
  const listed = Object.entries(pools)
    .map(([name, size]) => `${name} ${size}`)
    .join(', ')
  return new SqlError(
    'pools-too-large',
    `The pools may open ${sum} connections (${listed}), but PostgreSQL allows ${most} and ${spare} are kept spare: make pools smaller or raise max_connections`,
  )
}
