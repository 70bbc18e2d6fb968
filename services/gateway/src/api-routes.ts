import type { Cache } from '@marquee/kit/cache'
import type { Answering, EndpointSpec } from '@marquee/kit/contract'
import { mount } from '@marquee/kit/http'
import type { FastifyInstance } from 'fastify'
import { cachedHandler } from './cached-route.ts'

const onlyServices = (spec: EndpointSpec): boolean => spec.access.every((word) => word === 'service')

/** Opens a service's endpoints to the public: cached ones from the response cache, the rest straight. */
export function apiRoutes(
  app: FastifyInstance,
  answering: Answering,
  { cache, ours }: { cache: Cache; ours: readonly EndpointSpec[] },
): void {
  const isCached = (spec: EndpointSpec): boolean => spec.cache !== undefined && spec.method === 'GET'
  mount(app, answering, {
    callerOf: (request) => request.caller,
    include: (spec) => !onlyServices(spec) && !ours.includes(spec) && !isCached(spec),
  })
  for (const [name, spec] of Object.entries(answering.contract.endpoints)) {
    if (!isCached(spec) || !spec.cache || onlyServices(spec)) continue
    const key = `${answering.contract.name}.${name}`
    app.route({
      method: 'GET',
      url: spec.path,
      config: { endpoint: spec, name: key },
      handler: cachedHandler(key, { ...spec, cache: spec.cache }, answering.invokeOf(name), cache),
    })
  }
}
