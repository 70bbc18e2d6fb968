export {
  type Database,
  type OpenDatabase,
  openDatabase,
  type PoolStats,
  type Queryable,
  type QueryOptions,
  type Rows,
  type Transaction,
} from './database.ts'
export { assertOutsideTransaction, insideTransaction } from './inside-transaction.ts'
export {
  isRetryable,
  isServerError,
  isSqlError,
  SqlError,
  type SqlErrorCode,
  uniqueViolation,
} from './sql-error.ts'
export type { TransactionOptions } from './transaction.ts'
