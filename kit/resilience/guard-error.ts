/** A guarded call was not made, or not to its end. */
export class GuardError extends Error {
  readonly code: 'timeout' | 'overloaded' | 'resting'
  constructor(code: GuardError['code'], message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'GuardError'
    this.code = code
  }
}
