export { withDatabase, withUser } from './address.ts'
export {
  answerPatience,
  type Database,
  type OpenDatabase,
  openDatabase,
  type PoolStats,
  type Queryable,
  type QueryOptions,
  type Rows,
  type Transaction,
} from './database.ts'
export {
  type Backup,
  backupEmbedded,
  type EmbeddedOptions,
  type EmbeddedServer,
  findEmbedded,
  promoteReplica,
  type ReplicaOptions,
  restoreEmbedded,
  startEmbedded,
  startReplica,
} from './embedded/index.ts'
export { assertOutsideTransaction, insideTransaction } from './inside-transaction.ts'
export { type MigrateOptions, migrate } from './migrate.ts'
export { type Migration, type MigrationSet, readMigrations } from './migration-files.ts'
export { checkPoolSizes, judgePoolSizes } from './pool-sizes.ts'
export { type Provision, provision, roleSettings } from './provision.ts'
export type { Question, Reading } from './reading.ts'
export { openReplicaReads, type ReplicaReads } from './replica-reads.ts'
export { openReplicaSet, type ReplicaSet, type ReplicaSetOptions } from './replica-set.ts'
export { openSecrets, type Secrets } from './secrets.ts'
export {
  isRetryable,
  isServerError,
  isSqlError,
  SqlError,
  type SqlErrorCode,
  uniqueViolation,
} from './sql-error.ts'
export type { TransactionOptions } from './transaction.ts'
