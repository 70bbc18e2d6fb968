import { Resolver } from 'node:dns/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Discovery } from './discovery.ts'

export type DnsDiscoveryOptions = {
  /** The services that will be asked for. */
  services: readonly string[]
  /** The name of a service, with `{service}` in it: `{service}.marquee.svc.cluster.local`. */
  name: string
  /** Where instances answer, for address records; without it SRV records tell the port. */
  port: number | undefined
  /** Name servers as `10.0.0.10` or `10.0.0.10:53`; those of the system unless told. */
  servers?: readonly string[]
  /** Names are looked up again after so long at the latest, sooner when a record says so; 5 unless told. */
  mostSeconds?: number
  log: { warn(about: object, message: string): void; info(about: object, message: string): void }
}

const leastSeconds = 1
// Said with authority: there is no such instance. Anything else is a name server that has trouble.
const nobody = new Set(['ENOTFOUND', 'ENODATA'])

type Found = { addresses: string[]; seconds: number }

/**
 * Instances by name, as on Kubernetes: addresses at a fixed port, or SRV records with the port of each. Looked up over
 * and over; while no name server answers the last known stay. Nobody announces anything.
 */
export function createDnsDiscovery({
  services,
  name,
  port,
  log,
  ...options
}: DnsDiscoveryOptions): Discovery {
  const mostSeconds = options.mostSeconds ?? 5
  const resolver = new Resolver({ timeout: 1000, tries: 2 })
  if (options.servers?.length) resolver.setServers(options.servers)
  const known = new Map<string, readonly string[]>()
  const ended = new AbortController()

  async function addressesOf(host: string): Promise<{ address: string; ttl: number }[]> {
    const records = await resolver.resolve4(host, { ttl: true }).catch(async (error: unknown) => {
      if (!nobody.has(codeOf(error))) throw error
      const six = await resolver.resolve6(host, { ttl: true })
      return six.map(({ address, ttl }) => ({ address: `[${address}]`, ttl }))
    })
    return records
  }

  async function find(host: string): Promise<Found> {
    if (port !== undefined) {
      const records = await addressesOf(host)
      return {
        addresses: records.map(({ address }) => `http://${address}:${port}`),
        seconds: Math.min(...records.map(({ ttl }) => ttl)),
      }
    }
    const records = await resolver.resolveSrv(host)
    const best = Math.min(...records.map(({ priority }) => priority))
    const found = await Promise.all(
      records
        .filter(({ priority }) => priority === best)
        .map(async (record) =>
          (await addressesOf(record.name).catch(leftOut)).map(({ address, ttl }) => ({
            address: `http://${address}:${record.port}`,
            ttl,
          })),
        ),
    )
    return {
      addresses: found.flat().map(({ address }) => address),
      seconds: Math.min(...found.flat().map(({ ttl }) => ttl)),
    }
  }

  async function look(service: string): Promise<number> {
    const found = await find(name.replaceAll('{service}', service)).catch((error: unknown): Found => {
      if (!nobody.has(codeOf(error))) throw error
      return { addresses: [], seconds: leastSeconds }
    })
    known.set(service, found.addresses.toSorted())
    return Math.max(leastSeconds, Math.min(mostSeconds, found.seconds))
  }

  async function follow(service: string, first: () => void): Promise<void> {
    let failing = false
    while (!ended.signal.aborted) {
      let seconds = leastSeconds
      try {
        seconds = await look(service)
        if (failing) log.info({ of: service }, 'the name server answers again')
        failing = false
      } catch (error) {
        if (!failing && !ended.signal.aborted)
          log.warn({ err: error, of: service }, 'no name server answers; the instances known last stay')
        failing = true
      }
      first()
      await pause(seconds * 1000, undefined, { signal: ended.signal }).catch(() => {})
    }
  }

  const firsts = services.map(() => Promise.withResolvers<void>())
  const following = services.map((service, at) => follow(service, () => firsts[at]?.resolve()))

  return {
    instancesOf: (service) => known.get(service) ?? [],
    announce: async () => {},
    withdraw: async () => {},
    ready: async () => void (await Promise.all(firsts.map(({ promise }) => promise))),
    async stop() {
      ended.abort()
      resolver.cancel()
      await Promise.all(following)
    },
  }
}

/** An instance that has gone may be named for as long as the record that names it is kept somewhere. */
function leftOut(error: unknown): never[] {
  if (!nobody.has(codeOf(error))) throw error
  return []
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''
