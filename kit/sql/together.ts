import type { Queryable, QueryOptions, Rows } from './database.ts'
import { runInside } from './inside-transaction.ts'
import { kyselyOver } from './kysely.ts'
import { isSqlError, namingLoss } from './sql-error.ts'
import type { Line } from './transaction.ts'
import { toParameters } from './values.ts'

/** Runs work whose statements go over one client taken from the pool, and gives the client back, whatever happens. */
export async function runTogether<T>(
  { client, ask }: Line,
  work: (one: Queryable) => Promise<T>,
): Promise<T> {
  let open = true
  let broken = false
  const run = async (text: string, values: readonly unknown[] = [], { name, plan }: QueryOptions = {}) => {
    if (!open) throw new Error('a connection was used after the work that had it ended')
    try {
      const { rows, rowCount, command } = await ask({ text, values: toParameters(values), name, plan })
      return { rows, rowCount: rowCount ?? 0, command }
    } catch (error) {
      const named = namingLoss(error)
      broken ||= isSqlError(named)
      throw named
    }
  }
  const one: Queryable = {
    query: <Row extends object>(text: string, values?: readonly unknown[], more?: QueryOptions) =>
      run(text, values, more) as Promise<Rows<Row>>,
    kysely: <Tables>() => kyselyOver<Tables>(run),
  }
  try {
    return await runInside(() => work(one))
  } finally {
    open = false
    client.release(broken)
  }
}
