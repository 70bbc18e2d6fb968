import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { doorOf } from './door.ts'

/** What is said last in an answer's head, when the rest of it is known. */
export type LastWord = (request: FastifyRequest, reply: FastifyReply) => void

/** Has the same stand in the head of every answer of an application. */
export function sayAlways(app: FastifyInstance, headers: Readonly<Record<string, string>>): void {
  doorOf(app).standing.push(...Object.entries(headers).flat())
  app.addHook('onSend', (_request, reply, _payload, done) => {
    reply.headers(headers)
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
