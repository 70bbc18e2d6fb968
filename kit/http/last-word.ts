import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { doorOf } from './door.ts'

/** What is said last in an answer's head, when the rest of it is known. */
export type LastWord = (request: FastifyRequest, reply: FastifyReply) => void

/** Has the same stand in the head of every answer of an application, but for those that say otherwise. */
export function sayAlways(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  Object.assign(doorOf(app).standing, headers)
  app.addHook('onSend', (_request, reply, _payload, done) => {
    for (const name in headers) if (!reply.hasHeader(name)) reply.header(name, headers[name])
    done()
  })
}

/** Has every answer of an application say this last, whichever way it is sent. */
export function sayLast(app: FastifyInstance, word: LastWord): void {
  doorOf(app).lastWords.push(word)
  app.addHook('onSend', (request, reply, _payload, done) => {
    word(request, reply)
    done()
  })
}
