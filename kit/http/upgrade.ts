import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { fail } from '../contract/index.ts'
import { type Door, doorOf } from './door.ts'
import { sendProblem } from './send-problem.ts'

/** Whether a request becomes a WebSocket: it asks for one, at an address that has one. Any other is an ordinary one. */
export function becomesSocket(
  { socketPaths }: Door,
  { method, url = '', headers }: IncomingMessage,
): boolean {
  if (method !== 'GET' || !socketPaths.has(url.split('?', 1)[0] ?? '')) return false
  const asks = headers.connection?.toLowerCase().split(/, */).includes('upgrade') ?? false
  return asks && headers.upgrade?.toLowerCase() === 'websocket'
}

/**
 * Keeps count of who watches: beyond `mostSockets` at once nobody new is let in, and whoever is refused, for this or any
 * other reason, is not kept. Node hands their connection over for good and closes it by itself no more.
 */
export function limitSockets(app: FastifyInstance, mostSockets: number): void {
  const door = doorOf(app)
  app.addHook('onRequest', (request, reply, done) => {
    if (!becomesSocket(door, request.raw)) return done()
    reply.header('connection', 'close')
    reply.raw.on('finish', () => request.raw.socket.destroySoon())
    if (door.sockets.size < mostSockets) return done()
    const later = 'Too many people watch at once; try again in 5 s'
    sendProblem(reply, fail('unavailable', undefined, later, { 'retry-after': '5' }), request.id)
  })
}
