import { randomUUID } from 'node:crypto'
import { type Entry, type Etcd, mirrorPrefix } from '../etcd/index.ts'
import type { Discovery } from './discovery.ts'
import { keepAnnounced } from './keep-announced.ts'
import { keptInstances } from './kept-instances.ts'

export type EtcdDiscoveryOptions = {
  etcd: Etcd
  /** Under which keys are written: `marquee/`, with the slash. */
  prefix: string
  /** After so long without a heartbeat an instance is gone; 5 unless told. etcd takes no less than 2. */
  leaseSeconds?: number
  /** A file with those known last, for a start at which etcd is away; without it such a start knows nobody. */
  keepIn?: string
  log: { warn(about: object, message: string): void; info(about: object, message: string): void }
}

/**
 * Instances in etcd: each hangs on a lease that its process keeps alive, and everybody watches. While etcd is away the
 * last known ones stay; when it is back, what it lost is given time to be announced again.
 */
export function createEtcdDiscovery({ etcd, prefix, log, ...options }: EtcdDiscoveryOptions): Discovery {
  const leaseSeconds = options.leaseSeconds ?? 5
  const under = `${prefix}instances/`
  let present: readonly Entry[] = []
  const kept = options.keepIn === undefined ? undefined : keptInstances(options.keepIn)
  let missed = kept?.read() ?? []
  let wasAsked = false
  let byService = new Map<string, string[]>()
  let forget: NodeJS.Timeout | undefined
  const announced = keepAnnounced({ etcd, leaseSeconds, log })

  const mirror = mirrorPrefix({
    etcd,
    prefix: under,
    onChange(entries, afterGap) {
      // At an ordinary start etcd knows better than whoever ran here before.
      if (!wasAsked) missed = []
      wasAsked = true
      if (afterGap) {
        const known = new Set(entries.map(({ key }) => key))
        missed = [...present, ...missed].filter(({ key }) => !known.has(key))
        clearTimeout(forget)
        forget = setTimeout(() => {
          missed = []
          settle()
          remember()
        }, leaseSeconds * 2000)
        forget.unref()
      }
      present = entries
      settle()
      remember()
    },
    onLost(error) {
      wasAsked = true
      log.warn({ err: error }, 'etcd is lost; the instances known last stay')
    },
    onBack: () => log.info({}, 'etcd is back'),
  })

  function settle(): void {
    byService = new Map()
    for (const { key, value } of [...present, ...missed]) {
      const [service = ''] = key.slice(under.length).split('/')
      const known = byService.get(service) ?? []
      if (!known.includes(value)) byService.set(service, [...known, value])
    }
  }

  function remember(): void {
    try {
      kept?.write([...present, ...missed])
    } catch (error) {
      // It only helps a start without etcd.
      log.warn({ err: error }, 'the instances known now cannot be kept for the next start')
    }
  }
  settle()

  return {
    instancesOf: (service) => byService.get(service) ?? [],
    async announce(services, address) {
      const instance = randomUUID()
      await announced.put(
        services.map((service) => ({ key: `${under}${service}/${instance}`, value: address })),
      )
    },
    withdraw: () => announced.withdraw(),
    ready: () => mirror.read,
    async stop() {
      clearTimeout(forget)
      await announced.withdraw()
      await mirror.stop()
    },
  }
}
