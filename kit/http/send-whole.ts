import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Door } from './door.ts'

/**
 * Sends an answer that is text or bytes already, or nothing, with all that stands in the head of every answer. Fastify's
 * `send` does the same for whatever it may be given, streams and objects too, which costs a gateway a tenth of all it
 * does for a request; hooks of `onSend` are not asked here.
 */
export function sendWhole(
  { lastWords, standing }: Door,
  request: FastifyRequest,
  reply: FastifyReply,
  body: string | Uint8Array | undefined,
): void {
  for (const word of lastWords) word(request, reply)
  const { raw, statusCode } = reply
  const said = reply.getHeaders()
  const head: string[] = [...standing]
  for (const name in said) {
    const value = said[name]
    if (value !== undefined && name !== 'content-length') head.push(name, value as string)
  }
  if (hasLength(statusCode))
    head.push('content-length', String(body === undefined ? 0 : Buffer.byteLength(body)))
  raw.writeHead(statusCode, head)
  raw.end(body)
}

const hasLength = (status: number): boolean => status >= 200 && status !== 204 && status !== 304
