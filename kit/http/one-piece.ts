import { type IncomingMessage, ServerResponse } from 'node:http'

const longest = 16_384

/**
 * An answer whose head and short body leave in one piece. Node writes a body of bytes apart from the head, and text by
 * way of UTF-8; as letters of one byte each both go out with the head as they are.
 */
export class OnePiece<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override end(done?: () => void): this
  override end(chunk: unknown, done?: () => void): this
  override end(chunk: unknown, encoding: BufferEncoding, done?: () => void): this
  override end(...given: unknown[]): this {
    const [chunk, encoding, done] = given
    const letters = encoding === undefined || encoding === null ? lettersOf(chunk) : undefined
    const whole = letters === undefined ? given : [letters, 'latin1', done]
    return super.end(...(whole as Parameters<ServerResponse['end']>))
  }
}

/** A short body as a string of which every letter is a byte; undefined for any other. */
function lettersOf(chunk: unknown): string | undefined {
  if (Buffer.isBuffer(chunk)) return chunk.length <= longest ? chunk.toString('latin1') : undefined
  const isShort = typeof chunk === 'string' && chunk.length <= longest
  return isShort && Buffer.byteLength(chunk) === chunk.length ? chunk : undefined
}
