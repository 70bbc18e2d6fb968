import { join } from 'node:path'
import {
  createDnsDiscovery,
  createEtcdDiscovery,
  createStaticDiscovery,
  type Discovery,
} from '@marquee/kit/discovery'
import { createEtcd } from '@marquee/kit/etcd'
import type { Logger } from '@marquee/kit/telemetry'
import { serviceNames } from './services.ts'
import type { Settings } from './settings.ts'
import type { RoutesConfig } from './shared-sections.ts'

const longestWait = 2000

/** Finds the instances of services elsewhere, as the settings say; routes of the configuration come first. */
export async function openDiscovery(
  settings: Settings,
  routes: RoutesConfig,
  log: Logger,
): Promise<Discovery> {
  const found = byKind(settings, log)
  // Whoever cannot be asked now is asked for again and again; the start does not wait for that.
  await Promise.race([found.ready(), new Promise((resolve) => setTimeout(resolve, longestWait).unref())])
  return { ...found, instancesOf: (service) => routes[service] ?? found.instancesOf(service) }
}

function byKind({ finding: { discovery, etcd }, addresses, data }: Settings, log: Logger): Discovery {
  if (discovery.by === 'dns') return createDnsDiscovery({ ...discovery, services: serviceNames, log })
  if (discovery.by === 'static') return createStaticDiscovery(addresses)
  if (!etcd) throw new Error('instances in etcd without its address')
  return createEtcdDiscovery({
    etcd: createEtcd(etcd.address),
    prefix: etcd.prefix,
    keepIn: join(data, 'known-instances.json'),
    log,
  })
}
