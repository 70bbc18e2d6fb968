import { isDraining } from '@marquee/kit/http'
import type { Host } from '@marquee/kit/service'
import type { FastifyInstance } from 'fastify'

/** Whether this process lives, and whether it may be sent work: not any more once its door is closing. */
export function healthRoutes(app: FastifyInstance, host: Host): void {
  app.get('/health/live', { logLevel: 'silent' }, async () => ({ status: 'live' }))
  app.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
    const missing = isDraining(app) ? { server: 'is stopping' } : await host.ready()
    const isReady = Object.keys(missing).length === 0
    return reply
      .code(isReady ? 200 : 503)
      .send(isReady ? { status: 'ready' } : { status: 'not ready', missing })
  })
}
