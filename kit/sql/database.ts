import type { Kysely } from 'kysely'
import pg from 'pg'
import { assertOutsideTransaction } from './inside-transaction.ts'
import { kyselyOver } from './kysely.ts'
import { isSqlError, namingLoss, reasonOf, SqlError } from './sql-error.ts'
import { runTogether } from './together.ts'
import { runTransaction, type TransactionOptions } from './transaction.ts'
import { toParameters, types } from './values.ts'
import { watchWires } from './wires.ts'

export type QueryOptions = {
  /** Prepares the statement once per connection under this name; the same name always means the same text. */
  name?: string
  /**
   * Of a named statement outside a transaction: keeps one plan for whatever values come. For what is planned for longer
   * than it runs, and is well planned without its values; a limit belongs into the text, else it counts as a tenth of
   * everything.
   */
  plan?: 'once'
}

export type Rows<Row> = { rows: Row[]; rowCount: number }

/** What both a database and an open transaction can do. */
export type Queryable = {
  /**
   * Runs one statement with `$1` parameters. Temporal values are accepted as parameters; a jsonb parameter
   * that is an array needs JSON.stringify. PostgreSQL's own errors pass through; a connection that breaks is
   * `connection-lost`: a write outside a transaction may then have happened or not.
   */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
    options?: QueryOptions,
  ): Promise<Rows<Row>>
  /** A query builder over the same connection; `Tables` maps table names to row types. */
  kysely<Tables>(): Kysely<Tables>
}

export type Transaction = Queryable & {
  /** Runs once the transaction is committed, not when it is rolled back. Must not throw. */
  afterCommit(hook: () => void): void
  /**
   * Sends a last statement together with COMMIT, without waiting in between: for writes whose result nobody
   * reads. When it fails, nothing is committed and the transaction fails with its error.
   */
  atCommit(text: string, values?: readonly unknown[], options?: QueryOptions): void
}

export type PoolStats = { size: number; open: number; idle: number; waiting: number }

export type Database = Queryable & {
  /**
   * Runs work in one transaction: commits when it resolves, rolls back when it throws. Never retries.
   * Errors: `commit-unknown` when the connection broke while COMMIT was under way (it may have happened),
   * `transaction-aborted` when work swallowed a failed statement, `inside-transaction` when nested.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * Runs statements one after another on one connection, each committed by itself: who needs several to answer
   * somebody waits once in the queue for a connection, not once for each. Errors: as for one, and `inside-transaction`
   * when nested.
   */
  together<T>(work: (one: Queryable) => Promise<T>): Promise<T>
  stats(): PoolStats
  /** Waits for running work, then closes every connection. Safe to call twice. */
  close(): Promise<void>
}

export type OpenDatabase = {
  url: string
  /** The most connections held at once; 6 unless told. */
  poolSize?: number
  /** Seen in pg_stat_activity. */
  applicationName?: string
  /** How long to wait for a free connection, in milliseconds; 10,000 unless told. */
  connectTimeout?: number
  /**
   * After how long without an answer a connection counts as lost whatever PostgreSQL says, in milliseconds; 35,000
   * unless told, longer than it lets a statement of ours run. One whose statement is over without a word is lost within
   * three seconds.
   */
  answerTimeout?: number
  /** Told of connections that broke while idle; they are replaced by themselves. */
  onIdleError?: (error: Error) => void
}

/** How long PostgreSQL may take to answer, in milliseconds: a little longer than it lets a statement run. */
export const answerPatience = 35_000

/**
 * Opens a pool of connections. Timeouts and search_path come from the role (see provision and migrate), so
 * nothing is sent per connection and PgBouncer in transaction mode works.
 */
export function openDatabase(options: OpenDatabase): Database {
  let closing: Promise<void> | undefined
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 6,
    application_name: options.applicationName ?? 'marquee',
    connectionTimeoutMillis: options.connectTimeout ?? 10_000,
    query_timeout: options.answerTimeout ?? answerPatience,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // BEGIN travels with the first statement of its transaction.
    pipeline: true,
    types,
  })
  // Without listeners a connection that breaks would end the process. A pool that closes does not wait for PostgreSQL's
  // farewell: what breaks then is nobody's loss.
  pool.on('error', (error) => closing ?? options.onIdleError?.(error))
  pool.on('connect', (client) => client.on('error', () => {}))
  const wires = watchWires({
    connectionString: options.url,
    applicationName: `${options.applicationName ?? 'marquee'} wires`,
    onSilent: renewIdle,
  })

  const run = async (text: string, values: readonly unknown[] = [], { name, plan }: QueryOptions = {}) => {
    assertOutsideTransaction('db.query')
    const client = await take()
    try {
      const result = await wires.ask(client, { text, values: toParameters(values), name, plan })
      client.release()
      return { rows: result.rows, rowCount: result.rowCount ?? 0, command: result.command }
    } catch (error) {
      const named = namingLoss(error)
      client.release(isSqlError(named))
      throw named
    }
  }
  const builder = kyselyOver<unknown>(run)

  async function take(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await connect()
      const fit = wires.isFit(client)
      if (fit === true || (await fit)) return client
      discard(client)
    }
  }

  async function connect(): Promise<pg.PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      throw new SqlError('database-unreachable', `PostgreSQL does not answer: ${reasonOf(error)}`, error)
    }
  }

  // Whoever does not hear us cannot be told goodbye, and the pool would wait for that.
  function discard(client: pg.PoolClient): void {
    client.connection.stream.destroy()
    client.release(true)
  }

  // What silenced one wire has most likely silenced those beside it.
  function renewIdle(): void {
    for (let left = pool.idleCount; left > 0; left--) void pool.connect().then(discard, () => {})
  }

  return {
    query: <Row extends object>(text: string, values?: readonly unknown[], more?: QueryOptions) =>
      run(text, values, more) as Promise<Rows<Row>>,
    kysely: <Tables>() => builder as Kysely<Tables>,
    async transaction(work, more = {}) {
      assertOutsideTransaction('db.transaction')
      const client = await take()
      return await runTransaction({ client, ask: (query) => wires.ask(client, query) }, work, more)
    },
    async together(work) {
      assertOutsideTransaction('db.together')
      const client = await take()
      return await runTogether({ client, ask: (query) => wires.ask(client, query) }, work)
    },
    stats: () => ({
      size: options.poolSize ?? 6,
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close() {
      wires.close()
      closing ??= pool.end()
      return closing
    },
  }
}
