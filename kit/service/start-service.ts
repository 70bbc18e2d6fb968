import type { FastifyInstance } from 'fastify'
import type { Implementation } from '../contract/index.ts'
import type { Job, Subscription } from '../events/index.ts'
import type { ServiceContext, ServiceDefinition } from './define-service.ts'

/** A definition whose configuration and endpoints are its own business. */
// biome-ignore lint/suspicious/noExplicitAny: a list of services holds definitions of different configurations
export type AnyService = ServiceDefinition<any, any>

/** A service that is up: what a host mounts, consumes, runs and stops. */
export type RunningService = {
  name: string
  implementation: Implementation
  subscriptions: readonly Subscription[]
  jobs: readonly Job[]
  rawRoutes?: (app: FastifyInstance) => void
  ready: () => Promise<true | string>
  stop: () => Promise<void>
}

/** Starts a service on the context its host made for it. */
export async function startService(
  definition: AnyService,
  context: ServiceContext<unknown>,
): Promise<RunningService> {
  const parts = await definition.start(context)
  return {
    name: definition.name,
    implementation: parts.implementation,
    subscriptions: parts.subscriptions ?? [],
    jobs: parts.jobs ?? [],
    ...(parts.rawRoutes ? { rawRoutes: parts.rawRoutes } : {}),
    ready: async () => {
      if (parts.ready) return parts.ready()
      await context.db.query('select 1')
      return true
    },
    stop: async () => {
      await parts.stop?.()
    },
  }
}
