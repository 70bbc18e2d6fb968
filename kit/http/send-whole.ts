import type { OutgoingHttpHeader } from 'node:http'
import type { FastifyReply } from 'fastify'
import { doorOf } from './door.ts'

/**
 * Sends an answer that is text or bytes already, or nothing, with all that stands in the head of every answer. Fastify's
 * `send` does the same for whatever it may be given, streams and objects too, which costs a gateway a tenth of all it
 * does for a request. Hooks of `onSend` are not asked here: what every answer has to say is said by `sayAlways` and
 * `sayLast`.
 */
export function sendWhole(reply: FastifyReply, body: string | Uint8Array | undefined): void {
  const { lastWords, standing } = doorOf(reply.server)
  for (const word of lastWords) word(reply.request, reply)
  const { raw, statusCode } = reply
  const said = reply.getHeaders()
  const head: OutgoingHttpHeader[] = []
  for (const name in standing) if (said[name] === undefined) head.push(name, standing[name] ?? '')
  for (const name in said) {
    const value = said[name]
    if (value !== undefined && name !== 'content-length') head.push(name, value)
  }
  if (hasLength(statusCode)) head.push('content-length', body === undefined ? 0 : Buffer.byteLength(body))
  raw.writeHead(statusCode, head)
  raw.end(body)
}

const hasLength = (status: number): boolean => status >= 200 && status !== 204 && status !== 304
