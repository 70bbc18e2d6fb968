import { isDraining } from '@marquee/kit/http'
import type { Host } from '@marquee/kit/service'
import type { FastifyInstance } from 'fastify'

const options = { logLevel: 'silent', config: { neverRefused: true } } as const
// Anybody may ask, and each answer asks every database.
const knownFor = 250

/** Whether this process lives, and whether it may be sent work: not any more once its door is closing. */
export function healthRoutes(app: FastifyInstance, host: Pick<Host, 'ready'>): void {
  let known: { missing: ReturnType<Host['ready']>; until: number } | undefined
  const missingNow = () => {
    const now = performance.now()
    if (!known || now >= known.until) known = { missing: host.ready(), until: now + knownFor }
    return known.missing
  }
  app.get('/health/live', options, async () => ({ status: 'live' }))
  app.get('/health/ready', options, async (_request, reply) => {
    const missing = isDraining(app) ? { server: 'is stopping' } : await missingNow()
    const isReady = Object.keys(missing).length === 0
    return reply
      .code(isReady ? 200 : 503)
      .send(isReady ? { status: 'ready' } : { status: 'not ready', missing })
  })
}
