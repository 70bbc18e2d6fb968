import { data } from 'react-router'

type Service = Readonly<Record<string, unknown>>
type Method = (...given: unknown[]) => Promise<unknown>

/**
 * The same clients, for loaders: a problem that a loader did not ask to have as a value becomes the error page of its
 * status, so that a service that is away is said to be away.
 */
export function asPages<Api extends object>(api: Api): Api {
  return new Proxy(api, {
    get: (services, name) => {
      const service: unknown = Reflect.get(services, name)
      return typeof service === 'object' && service !== null ? ofService(service as Service) : service
    },
  })
}

const ofService = (service: Service): Service =>
  new Proxy(service, {
    get: (methods, name) => {
      const method: unknown = Reflect.get(methods, name)
      if (typeof method !== 'function') return method
      return (...given: unknown[]) =>
        (method as Method)(...given).catch((error: unknown) => {
          throw statusOf(error) === undefined ? error : data(null, { status: statusOf(error) })
        })
    },
  })

/** Of a problem; what an address asks for in vain is simply not found. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('problem' in error) || !('status' in error)) return undefined
  return error.status === 422 ? 404 : Number(error.status)
}
