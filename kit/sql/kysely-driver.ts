import type { Driver, QueryResult } from 'kysely'
import type { Queryable } from './database.ts'

/** Lets Kysely build queries and leaves running them to the connection we already hold. */
export function clientDriver(query: Queryable['query']): Driver {
  const connection = {
    async executeQuery<Row>(compiled: {
      sql: string
      parameters: readonly unknown[]
    }): Promise<QueryResult<Row>> {
      const { rows, rowCount } = await query<Row>(compiled.sql, compiled.parameters)
      return { rows, numAffectedRows: BigInt(rowCount) }
    },
    streamQuery(): never {
      throw new Error('streaming is not offered: read pages instead')
    },
  }
  const noTransactions = async (): Promise<never> => {
    throw new Error('begin a transaction with db.transaction, not with Kysely')
  }
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
}
