/** Something that stops the start and that a person can mend; its message is one line saying what to do. */
export class Fatal extends Error {
  readonly code: string
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'Fatal'
    this.code = code
  }
}

/** Whether an error is one that a person can mend: it carries a stable code of ours. */
function isMendable(error: unknown): error is Error & { code: string } {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^[a-z]+(-[a-z]+)+$/.test(error.code)
  )
}

/** Ends the process with one clear line; a bug of ours keeps its stack trace. */
export function endWith(error: unknown): never {
  if (isMendable(error)) console.error(`marquee: ${error.message}`)
  else console.error('marquee: a bug stopped the start\n', error)
  process.exit(1)
}
