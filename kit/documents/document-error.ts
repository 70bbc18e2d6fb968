export type DocumentErrorCode = 'no-index' | 'contended' | 'limit-invalid'

/** A mistake in how documents are used, with a stable `code`. */
export class DocumentError extends Error {
  readonly code: DocumentErrorCode
  constructor(code: DocumentErrorCode, message: string) {
    super(message)
    this.name = 'DocumentError'
    this.code = code
  }
}
