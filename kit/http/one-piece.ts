import { type IncomingMessage, ServerResponse } from 'node:http'

const longest = 16_384

/**
 * An answer whose head and short body leave in one piece. Node writes a body of bytes apart from the head, and text by
 * way of UTF-8; as letters of one byte each both go out with the head as they are.
 */
export class OnePiece<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    const letters = lettersOf(chunk, encoding)
    if (letters !== undefined) return super.end(letters, 'latin1', done as () => void)
    return super.end(chunk, encoding as BufferEncoding, done as () => void)
  }
}

/** A short body as a string of which every letter is a byte; undefined for any other. */
function lettersOf(chunk: unknown, encoding: unknown): string | undefined {
  if (Buffer.isBuffer(chunk)) return chunk.length <= longest ? chunk.toString('latin1') : undefined
  const isText = typeof chunk === 'string' && (encoding === undefined || encoding === null)
  return isText && chunk.length <= longest && Buffer.byteLength(chunk) === chunk.length ? chunk : undefined
}
