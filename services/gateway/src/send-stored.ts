import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Encoded, encodingFor, type Stored } from './compress.ts'

/** Sends cached bytes, or 304 when the client has them already. */
export function sendStored(
  request: FastifyRequest,
  reply: FastifyReply,
  stored: Stored,
  cacheControl: string,
): FastifyReply | Promise<FastifyReply> {
  reply.header('etag', stored.etag).header('cache-control', cacheControl).header('vary', 'Accept-Encoding')
  const known = request.headers['if-none-match']
  if (known?.split(',').some((one) => one.trim().replace(/^W\//, '') === stored.etag))
    return reply.code(304).send()
  const encoded = encodingFor(stored, request.headers['accept-encoding'])
  return encoded instanceof Promise
    ? encoded.then((one) => send(reply, stored, one))
    : send(reply, stored, encoded)
}

function send(reply: FastifyReply, stored: Stored, { encoding, bytes }: Encoded): FastifyReply {
  if (encoding) reply.header('content-encoding', encoding)
  for (const name in stored.headers) reply.header(name, stored.headers[name])
  return reply.code(stored.status).send(bytes)
}
