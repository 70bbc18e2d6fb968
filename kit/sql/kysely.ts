import {
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'

export type RunQuery = (
  text: string,
  values: readonly unknown[],
) => Promise<{ rows: object[]; rowCount: number; command: string }>

const counted = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

/** A Kysely that runs every query through `run`, so that the same builder works on the pool and on a transaction. */
export function kyselyOver<Tables>(run: RunQuery): Kysely<Tables> {
  const connection: DatabaseConnection = {
    async executeQuery(compiled) {
      const { rows, rowCount, command } = await run(compiled.sql, compiled.parameters)
      return {
        rows: rows as never[],
        ...(counted.has(command) ? { numAffectedRows: BigInt(rowCount) } : {}),
      }
    },
    async *streamQuery() {
      yield await refuse('streaming')
    },
  }
  return new Kysely<Tables>({
    dialect: {
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection,
        beginTransaction: () => refuse('a Kysely transaction'),
        commitTransaction: () => refuse('a Kysely transaction'),
        rollbackTransaction: () => refuse('a Kysely transaction'),
        releaseConnection: nothing,
        destroy: nothing,
      }),
      createAdapter: () => new PostgresAdapter(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

async function nothing(): Promise<void> {}

async function refuse(what: string): Promise<never> {
  throw new Error(`${what} is not available here; use db.transaction and tx.kysely()`)
}
