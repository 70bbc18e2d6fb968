/** What can go wrong between us and PostgreSQL, beside PostgreSQL's own errors (which pass through unchanged). */
export type SqlErrorCode =
  | 'commit-unknown'
  | 'transaction-aborted'
  | 'inside-transaction'
  | 'database-unreachable'
  | 'connection-lost'
  | 'migration-changed'
  | 'migration-invalid'
  | 'migration-failed'
  | 'pools-too-large'
  | 'data-in-use'
  | 'data-not-writable'
  | 'data-not-reachable'
  | 'data-damaged'
  | 'wrong-version'
  | 'server-failed'
  | 'platform-unsupported'
  | 'backup-invalid'
  | 'restore-too-early'
  | 'restore-too-late'

const unavailable: ReadonlySet<SqlErrorCode> = new Set([
  'commit-unknown',
  'connection-lost',
  'database-unreachable',
])

/** An error with a stable `code`; its message is one line that says what to do. */
export class SqlError extends Error {
  readonly code: SqlErrorCode
  /** PostgreSQL was away: whoever asks again later may be answered. */
  readonly unavailable: boolean
  constructor(code: SqlErrorCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'SqlError'
    this.code = code
    this.unavailable = unavailable.has(code)
  }
}

/** True for a {@link SqlError}, of the given code when one is given. */
export function isSqlError(error: unknown, code?: SqlErrorCode): error is SqlError {
  return error instanceof SqlError && (code === undefined || error.code === code)
}

type ServerError = Error & { code: string; severity: string; constraint?: string }

/** True for an error that PostgreSQL itself reported, such as a violated constraint. */
export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string'
}

/** The name of the unique constraint or index that refused a row (SQLSTATE 23505), else undefined. */
export function uniqueViolation(error: unknown): string | undefined {
  return isServerError(error) && error.code === '23505' ? (error.constraint ?? '') : undefined
}

/** True for errors after which the whole transaction may be tried again: serialization failure, deadlock. */
export function isRetryable(error: unknown): boolean {
  return isServerError(error) && (error.code === '40001' || error.code === '40P01')
}

const lostMessages =
  /^(Connection terminated|Connection ended|Client has encountered|Client was closed|Query read timeout)/

/** Turns the many faces of a broken connection into one error, `connection-lost`; leaves any other as it is. */
export function namingLoss(error: unknown): unknown {
  if (!(error instanceof Error) || isSqlError(error)) return error
  const isLost = isServerError(error)
    ? error.severity === 'FATAL' || error.severity === 'PANIC'
    : 'syscall' in error || lostMessages.test(error.message)
  if (!isLost) return error
  return new SqlError('connection-lost', `The connection to PostgreSQL broke: ${error.message}`, error)
}

/** A short human reason, also for Node's errors without a message (refused on several addresses). */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
