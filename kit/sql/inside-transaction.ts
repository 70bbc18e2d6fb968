import { AsyncLocalStorage } from 'node:async_hooks'
import { SqlError } from './sql-error.ts'

// Open until the transaction ends: work left running afterwards (a timer, a queue) is not inside any more.
type Scope = { open: boolean }

const scopes = new AsyncLocalStorage<Scope>()

/** True while the calling code runs inside `db.transaction` or `db.together`. */
export function insideTransaction(): boolean {
  return scopes.getStore()?.open === true
}

/** Throws `inside-transaction` when called inside `db.transaction` or `db.together`; what leaves the process calls it first. */
export function assertOutsideTransaction(what = 'this call'): void {
  if (insideTransaction())
    throw new SqlError(
      'inside-transaction',
      `${what} ran inside a transaction or db.together, where only the connection they hand over may be used`,
    )
}

/** Runs work marked as inside a transaction. */
export async function runInside<T>(work: () => Promise<T>): Promise<T> {
  const scope: Scope = { open: true }
  try {
    return await scopes.run(scope, work)
  } finally {
    scope.open = false
  }
}
