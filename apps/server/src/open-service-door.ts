import { answeredHere, fail } from '@marquee/kit/contract'
import {
  callerHeader,
  createHttpApp,
  drain,
  type Load,
  mount,
  type ServiceKeys,
  sendProblem,
} from '@marquee/kit/http'
import type { FastifyInstance } from 'fastify'
import { healthRoutes } from './health.ts'
import { logFailures } from './log-failures.ts'
import type { OpenHost } from './open-host.ts'
import type { Settings } from './settings.ts'

// Neighbours let go of an idle connection a second before it ends here, so that no call meets a door that closes.
const keepAliveSeconds = 5

export type ServiceDoor = { app: FastifyInstance; close: () => Promise<void> }

/**
 * The door for other processes of this installation: every endpoint of the services hosted here, for whoever brings
 * a token that one of us signed for that service. Not listening yet.
 */
export async function openServiceDoor(
  { host, log }: OpenHost,
  { keys, settings, load }: { keys: ServiceKeys; settings: Settings; load: Load },
): Promise<ServiceDoor> {
  const app = createHttpApp({
    ...logFailures(log),
    load,
    keepAliveSeconds,
  })
  app.decorateRequest('caller')
  app.addHook('onRequest', async (request, reply) => {
    const name = request.route.name
    if (name === undefined) return
    const token = request.headers[callerHeader]
    const [audience = ''] = name.split('.', 1)
    const caller = typeof token === 'string' ? await keys.verify(token, audience) : undefined
    if (!caller) {
      sendProblem(reply, fail('unauthenticated', undefined, 'This door is for services'), request.id)
      return reply
    }
    request.caller = caller
  })
  healthRoutes(app, host)
  for (const implementation of host.implementations)
    mount(app, answeredHere(implementation), {
      callerOf: (request) => request.caller,
      heedDeadlines: true,
    })
  for (const service of host.services) service.rawRoutes?.(app)
  await app.ready()
  return {
    app,
    async close() {
      await drain(app, {
        noticeMilliseconds: settings.drainNoticeMilliseconds,
        idleMilliseconds: keepAliveSeconds * 1000,
      })
    },
  }
}
