import type { Cache } from '@marquee/kit/cache'
import type { Answering, CacheRule, EndpointSpec } from '@marquee/kit/contract'
import { mount } from '@marquee/kit/http'
import type { FastifyInstance } from 'fastify'
import { cachedHandler } from './cached-route.ts'

const isCached = (spec: EndpointSpec): spec is EndpointSpec & { cache: CacheRule } =>
  spec.cache !== undefined && spec.method === 'GET'
const onlyServices = (spec: EndpointSpec): boolean => spec.access.every((word) => word === 'service')

/** Opens a service's endpoints to the public: cached ones from the response cache, the rest straight. */
export function apiRoutes(
  app: FastifyInstance,
  answering: Answering,
  { cache, ours }: { cache: Cache; ours: readonly EndpointSpec[] },
): void {
  mount(app, answering, {
    callerOf: (request) => request.caller,
    include: (spec) => !onlyServices(spec) && !ours.includes(spec) && !isCached(spec),
  })
  for (const [name, spec] of Object.entries(answering.contract.endpoints)) {
    if (!isCached(spec) || onlyServices(spec)) continue
    const key = `${answering.contract.name}.${name}`
    app.route({
      method: 'GET',
      url: spec.path,
      config: { endpoint: spec, name: key },
      handler: cachedHandler(key, spec, answering.invokeOf(name), cache),
    })
  }
}
