/** The connection was lost while a commit was on its way: it may or may not have happened. */
export class CommitUnknownError extends Error {
  readonly code = 'commit-unknown'
  constructor(options?: ErrorOptions) {
    super('the connection was lost during a commit; its outcome is unknown', options)
    this.name = 'CommitUnknownError'
  }
}

/** Something was touched that has no place inside a transaction. */
export class InsideTransactionError extends Error {
  readonly code = 'inside-transaction'
  constructor(what: string) {
    super(`${what} was used inside a transaction; there only tx may be`)
    this.name = 'InsideTransactionError'
  }
}
