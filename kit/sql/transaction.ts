import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { QueryOptions, Rows, Transaction } from './database.ts'
import { runInside } from './inside-transaction.ts'
import { kyselyOver } from './kysely.ts'
import { isServerError, namingLoss, reasonOf, SqlError } from './sql-error.ts'
import { toParameters } from './values.ts'
import type { Asked } from './wires.ts'

export type TransactionOptions = {
  /** Read committed unless told. */
  isolation?: 'repeatable read' | 'serializable'
  readOnly?: boolean
}

/** A client taken from the pool, and how it is asked. */
export type Line = { client: pg.PoolClient; ask: (query: Asked) => Promise<pg.QueryResult> }

/** Runs work on a client taken from the pool and gives the client back, whatever happens. */
export async function runTransaction<T>(
  { client, ask }: Line,
  work: (tx: Transaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  let lost: Error | undefined
  const onLost = (error: Error) => {
    lost = error
  }
  client.on('error', onLost)
  let broken = true
  try {
    const begun = ask({ text: beginning(options) })
    // Not awaited: the first statement follows in the same flight and fails as well when BEGIN does.
    begun.catch(() => {})
    const scope = transactionOver(ask)
    const value = await runOrRollBack(scope)
    await begun
    await commit(scope)
    broken = false
    for (const hook of scope.hooks) runHook(hook)
    return value
  } finally {
    client.off('error', onLost)
    client.release(broken)
  }

  async function runOrRollBack(scope: Scope) {
    try {
      return await runInside(() => work(scope.tx))
    } catch (error) {
      if (lost === undefined) await rollBack()
      throw namingLoss(error)
    } finally {
      scope.end()
    }
  }

  async function rollBack() {
    try {
      await ask({ text: 'rollback' })
      broken = false
    } catch {
      // The connection is thrown away, which rolls back as well; the first error is the one that matters.
    }
  }

  async function commit(scope: Scope) {
    if (lost !== undefined)
      throw new SqlError('connection-lost', `The connection broke before COMMIT: ${lost.message}`, lost)
    let command: string
    const last = scope.sendLast()
    try {
      command = (await ask({ text: 'commit' })).command
    } catch (error) {
      // Only a plain ERROR is PostgreSQL's word that nothing was committed.
      if (!isServerError(error) || error.severity !== 'ERROR')
        throw new SqlError('commit-unknown', `The connection broke during COMMIT: ${reasonOf(error)}`, error)
      broken = false
      throw error
    }
    if (command === 'COMMIT') return
    broken = false
    await last
    throw new SqlError(
      'transaction-aborted',
      'A statement of this transaction failed and the error was swallowed; nothing was written',
    )
  }
}

// What is committed stays committed: a hook that fails must not make it look otherwise.
function runHook(hook: () => void): void {
  try {
    hook()
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}

function beginning({ isolation, readOnly }: TransactionOptions): string {
  return `begin${isolation ? ` isolation level ${isolation}` : ''}${readOnly ? ' read only' : ''}`
}

type Scope = {
  tx: Transaction
  hooks: (() => void)[]
  end: () => void
  /** Sends what waits for COMMIT; rejects with the first error of it. */
  sendLast: () => Promise<void>
}

function transactionOver(ask: Line['ask']): Scope {
  let open = true
  const hooks: (() => void)[] = []
  const last: pg.QueryConfig[] = []
  let builder: Kysely<unknown> | undefined
  const run = async (text: string, values: readonly unknown[] = [], name?: string) => {
    if (!open) throw new Error('tx was used after its transaction ended')
    const result = await ask({ text, values: toParameters(values), name })
    return { rows: result.rows, rowCount: result.rowCount ?? 0, command: result.command }
  }
  return {
    hooks,
    tx: {
      afterCommit: (hook) => {
        hooks.push(hook)
      },
      atCommit: (text, values = [], options = {}) => {
        last.push({ text, values: toParameters(values), name: options.name })
      },
      query: <Row extends object>(text: string, values?: readonly unknown[], options?: QueryOptions) =>
        run(text, values, options?.name) as Promise<Rows<Row>>,
      kysely: <Tables>() => {
        builder ??= kyselyOver<unknown>(run)
        return builder as Kysely<Tables>
      },
    },
    end: () => {
      open = false
    },
    sendLast() {
      const sent = Promise.all(last.map(ask)).then(() => {})
      // COMMIT tells first; who wants the reason asks afterwards.
      sent.catch(() => {})
      return sent
    },
  }
}
