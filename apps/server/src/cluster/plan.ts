import { Fatal } from '../fatal.ts'
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

/**
 * Reads a split of one's own, `gateway*2,booking+payments*2,identity`: processes, what each hosts, and how many there
 * are of it. Every one answers and works. Throws `Fatal` when a part is no part, or a service is left out.
 */
export function readPlan(text: string, services: readonly string[]): Part[] {
  const parts = text.split(',').flatMap((group, at): Part[] => {
    const [, names = '', count = '1'] = /^\s*([a-z+]+)(?:\*([1-9]))?\s*$/.exec(group) ?? []
    const hosted = names.split('+')
    if (hosted.some((name) => name !== gatewayName && !services.includes(name)))
      throw new Fatal(
        'bad-parts',
        `"${group.trim()}" must look like booking+payments*2, of ${services.join(', ')}`,
      )
    const name = hosted.length > 1 ? `part-${at + 1}` : names
    return Array.from({ length: Number(count) }, (_, copy) => ({
      name: count === '1' ? name : `${name}-${copy + 1}`,
      services: hosted,
      does: names === gatewayName ? 'serve' : 'both',
    }))
  })
  const hosted = new Set(parts.flatMap((part) => part.services))
  const missing = [gatewayName, ...services].filter((service) => !hosted.has(service))
  if (missing.length > 0) throw new Fatal('bad-parts', `no part hosts ${missing.join(', ')}`)
  return parts
}

/** Where each part answers, and what that means for `MARQUEE_ADDRESSES`. */
export function addressesOf(parts: readonly (Part & { port: number })[]): string {
  const serving = parts.filter(({ does }) => does !== 'work')
  const byService = Map.groupBy(
    serving.flatMap((part) => servicesOf(part).map((service) => ({ service, port: part.port }))),
    ({ service }) => service,
  )
  return [...byService]
    .map(([service, at]) => `${service}=${at.map(({ port }) => `http://127.0.0.1:${port}`).join('|')}`)
    .join(',')
}

/** What it hosts behind the door, if it is one. */
export const servicesOf = ({ services }: Part): string[] => services.filter((name) => name !== gatewayName)
