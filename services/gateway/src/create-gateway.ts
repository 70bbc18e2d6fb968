import { bookingContract } from '@marquee/contracts/booking'
import { identityContract } from '@marquee/contracts/identity'
import type { Cache } from '@marquee/kit/cache'
import type { Answering, Client, Contract, Endpoints } from '@marquee/kit/contract'
import { openApi, postman } from '@marquee/kit/http'
import type { Live } from '@marquee/kit/live'
import type { FastifyInstance } from 'fastify'
import { createAccessTokens } from './access-token.ts'
import { apiRoutes } from './api-routes.ts'
import type { GatewayConfig } from './config.ts'
import { createCookies } from './cookies.ts'
import { docsPage } from './docs-page.ts'
import { createLimits, type LimitStore, memoryLimitStore } from './limits.ts'
import { orderRoutes } from './order-routes.ts'
import { type PagesDeps, pageRoutes } from './pages.ts'
import { installPolicy } from './policy.ts'
import { followRevocations } from './revocations.ts'
import { sessionEndpoints, sessionRoutes } from './session-routes.ts'
import { createSessions } from './sessions.ts'

export type GatewayDeps = {
  config: GatewayConfig
  contracts: readonly Contract[]
  /** The services, in this process or behind a link. */
  services: readonly Answering[]
  connect: <Of extends Endpoints>(contract: Contract<string, Of>) => Client<Of>
  cache: Cache
  live: Live
  now: () => Temporal.Instant
  /** Limits are off for load tests. */
  limitsOff: boolean
  /** Counts for all gateways; without it this one counts for itself. */
  limitStore?: LimitStore | undefined
  /** The site's public address. */
  origin: string
  pages?: Omit<PagesDeps, 'cache' | 'origin' | 'cookies'>
}

/** The public door: who calls and what they may, the response cache, the services behind it and the site's pages. */
export function createGateway(deps: GatewayDeps) {
  const secure = deps.origin.startsWith('https:')
  const cookies = createCookies({ secure })
  const identity = deps.connect(identityContract)
  const booking = deps.connect(bookingContract)
  const tokens = createAccessTokens({ fetchKeys: () => identity.asService().jwks(), now: deps.now })

  return {
    jobs: [followRevocations({ identity, revoke: tokens.revoke, live: deps.live })],
    install(app: FastifyInstance): void {
      installPolicy(app, {
        sessions: createSessions({ tokens, identity, cookies }),
        cookies,
        limits: deps.limitsOff
          ? undefined
          : createLimits({
              get limits() {
                return deps.config.limits
              },
              store: deps.limitStore ?? memoryLimitStore(),
              now: deps.now,
            }),
        get corsOrigins() {
          return deps.config.corsOrigins
        },
        secure,
      })
      sessionRoutes(app, { identity, cookies })
      orderRoutes(app, { booking, cookies })
      for (const answering of deps.services)
        apiRoutes(app, answering, {
          cache: deps.cache,
          ours: [...sessionEndpoints, bookingContract.endpoints.openOrder],
        })
      documentation(app, deps.contracts)
      app.all('/api/*', (_request, reply) => reply.callNotFound())
      // What services ask each other has no door to the public.
      app.all('/internal/*', (_request, reply) => reply.callNotFound())
      if (deps.pages) pageRoutes(app, { ...deps.pages, cache: deps.cache, origin: deps.origin, cookies })
    },
  }
}

function documentation(app: FastifyInstance, contracts: readonly Contract[]): void {
  const info = {
    title: 'Marquee',
    version: '1.0.0',
    description: 'The open cinema platform: films, seats, tickets.',
  }
  const document = openApi(contracts, info)
  const openapiJson = JSON.stringify(document)
  const postmanJson = JSON.stringify(postman(contracts, 'Marquee'))
  const html = docsPage(contracts, info)
  app.get('/api/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(openapiJson),
  )
  app.get('/api/postman.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(postmanJson),
  )
  app.get('/api/docs', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .send(html),
  )
}
