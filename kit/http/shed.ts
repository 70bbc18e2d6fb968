import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fail } from '../contract/index.ts'
import { busyPage } from './busy-page.ts'
import { doorOf } from './door.ts'
import type { Load, ShedOrder } from './load.ts'
import { sendProblem } from './send-problem.ts'
import { becomesSocket } from './upgrade.ts'

/** Asks `load` before a request costs anything: what it refuses gets 503 and a time to come back. */
export function refuseUnderLoad(app: FastifyInstance, load: Load): void {
  const door = doorOf(app)
  app.addHook('onRequest', (request, reply, done) => {
    // A connection that becomes a WebSocket is no request that would end.
    if (becomesSocket(door, request.raw) || request.route.neverRefused) return done()
    if (!load.enter(() => orderOf(request))) return void refuse(request, reply, load.retryAfter())
    reply.raw.on('close', load.leave)
    done()
  })
  app.addHook('onClose', async () => load.stop())
}

function orderOf(request: FastifyRequest): ShedOrder {
  const { endpoint } = request.route
  if (endpoint?.shed) return endpoint.shed
  // A page that was answered already lacks its scripts otherwise.
  if (request.url.startsWith('/assets/')) return 'later'
  return request.method === 'GET' || request.method === 'HEAD' ? 'first' : 'later'
}

function refuse(request: FastifyRequest, reply: FastifyReply, seconds: number): unknown {
  const headers = { 'retry-after': String(seconds), 'cache-control': 'no-store' }
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
  if (isPage)
    return reply
      .code(503)
      .headers(headers)
      .type('text/html; charset=utf-8')
      .send(busyPage(request.headers['accept-language'], seconds))
  const later = `Too many people at once; try again in ${seconds} s`
  return sendProblem(reply, fail('unavailable', undefined, later, headers), request.id)
}
