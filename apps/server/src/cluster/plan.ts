import { gatewayName } from '../services.ts'

/** One process of a cluster. */
export type Part = {
  name: string
  services: readonly string[]
  /** `serve` answers calls, `work` takes events and runs jobs; a door only serves. */
  does: 'serve' | 'work' | 'both'
}

// What a sold-out Friday asks of most has two of each, and its jobs never wait for its callers.
const twice = [gatewayName, 'booking']
const apart = ['booking']

/** A realistic split of these services on one machine: two gateways, two of booking, booking's work apart, the rest one each. */
export function planCluster(services: readonly string[]): Part[] {
  return [gatewayName, ...services].flatMap((service): Part[] => {
    const does = service === gatewayName || apart.includes(service) ? 'serve' : 'both'
    const copies = twice.includes(service) ? [1, 2] : [1]
    const serving = copies.map((at) => ({
      name: copies.length > 1 ? `${service}-${at}` : service,
      services: [service],
      does,
    })) satisfies Part[]
    return apart.includes(service)
      ? [...serving, { name: `${service}-work`, services: [service], does: 'work' }]
      : serving
  })
}

/** Where each part answers, and what that means for `MARQUEE_ADDRESSES`. */
export function addressesOf(parts: readonly (Part & { port: number })[]): string {
  const serving = parts.filter(({ does, services }) => does !== 'work' && !services.includes(gatewayName))
  const byService = Map.groupBy(
    serving.flatMap(({ services, port }) => services.map((service) => ({ service, port }))),
    ({ service }) => service,
  )
  return [...byService]
    .map(([service, at]) => `${service}=${at.map(({ port }) => `http://127.0.0.1:${port}`).join('|')}`)
    .join(',')
}
