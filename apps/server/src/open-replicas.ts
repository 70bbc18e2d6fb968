import type { Replicas } from '@marquee/kit/service'
import { openReplicaSet, type ReplicaSet, withUser } from '@marquee/kit/sql'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import type { Store } from './open-store.ts'
import { readReplicaUrls, type Settings } from './settings.ts'

export type OpenReplicas = {
  settings: Settings
  env: NodeJS.ProcessEnv
  store: Store
  services: readonly string[]
  log: Logger
  metrics: Metrics
}
export type OpenedReplicas = { of: (service: string) => Replicas | undefined; stop: () => Promise<void> }

/**
 * Opens the replicas that `DATABASE_REPLICA_URLS` names, and those of services with a database of their own
 * (`REVIEWS_DATABASE_REPLICA_URLS`). Servers that several services share are watched once.
 */
export async function openReplicas({
  settings,
  env,
  store,
  services,
  log,
  metrics,
}: OpenReplicas): Promise<OpenedReplicas> {
  const sets = new Map<string, Promise<ReplicaSet>>()
  const lag = metrics.gauge('marquee_replica_lag_seconds', 'How far a replica is behind', ['replica'])
  const usable = metrics.gauge('marquee_replica_usable', 'Whether a replica is read from', ['replica'])
  const found = new Map<string, Replicas>()
  for (const service of services) {
    const { primary, urls, isShared } = placesOf(service)
    if (urls.length === 0) continue
    const known = sets.get(primary) ?? open(primary, urls)
    sets.set(primary, known)
    const { username, password } = new URL(store.urlOf(service))
    found.set(service, {
      set: await known,
      urlOf: (url) => (isShared ? withUser(url, username, decodeURIComponent(password)) : url),
    })
  }
  return {
    of: (service) => found.get(service),
    stop: async () => void (await Promise.all([...sets.values()].map(async (set) => (await set).stop()))),
  }

  function placesOf(service: string) {
    const own = env[`${service.toUpperCase()}_DATABASE_URL`]
    const { username, password } = new URL(store.adminUrl)
    // A place alone will do where the database is the same: so are its people.
    const named = (url: string) =>
      new URL(url).username === '' ? withUser(url, username, decodeURIComponent(password)) : url
    return own
      ? {
          primary: own,
          urls: readReplicaUrls(`${service.toUpperCase()}_DATABASE_REPLICA_URLS`, env),
          isShared: false,
        }
      : { primary: store.adminUrl, urls: settings.replicaUrls.map(named), isShared: true }
  }

  function open(primary: string, replicas: readonly string[]): Promise<ReplicaSet> {
    return openReplicaSet({
      primary,
      replicas,
      mostLag: settings.replicaLag * 1000,
      onChange: ({ replica, usable: isUsed, reason }) =>
        log.warn({ replica, reason }, isUsed ? 'a replica is read from' : 'a replica is left aside'),
      onLook(members) {
        for (const { name: replica, state } of members) {
          usable.set({ replica }, state.usable ? 1 : 0)
          if (Number.isFinite(state.lag)) lag.set({ replica }, state.lag / 1000)
        }
      },
    })
  }
}
