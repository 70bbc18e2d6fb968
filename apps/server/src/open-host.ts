import { contracts } from '@marquee/contracts'
import { flags as everyFlag } from '@marquee/contracts/flags'
import type { GatewayConfig } from '@marquee/gateway'
import { type Cache, createMemoryCache, createSharedCache, noCache } from '@marquee/kit/cache'
import { httpLink, knock } from '@marquee/kit/contract'
import { type Balancer, createBalancer, type Discovery } from '@marquee/kit/discovery'
import { type EventBus, eventsMigrations } from '@marquee/kit/events'
import { openFlags } from '@marquee/kit/flags'
import { openServiceKeys, type ServiceKeys } from '@marquee/kit/http'
import { createFallbackLive, createMemoryLive, createPostgresLive, type Live } from '@marquee/kit/live'
import { type Host, startHost, systemClock, systemIds } from '@marquee/kit/service'
import { checkPoolSizes, type Database, openDatabase } from '@marquee/kit/sql'
import {
  createLogger,
  createMetrics,
  createRegistry,
  type Logger,
  type Metrics,
} from '@marquee/kit/telemetry'
import { busPool, busSchema, openBus } from './open-bus.ts'
import { openDiscovery } from './open-discovery.ts'
import { type OpenRedis, openRedis } from './open-redis.ts'
import { openReplicas } from './open-replicas.ts'
import { openSettings } from './open-settings.ts'
import { migrateAll, openStore, type Store } from './open-store.ts'
import { gatewayName, isSplit, loadServices } from './services.ts'
import type { Settings } from './settings.ts'
import type { RoutesConfig } from './shared-sections.ts'

export type OpenHostOptions = {
  settings: Settings
  env: NodeJS.ProcessEnv
  /** Settings that this start itself decides, by service, such as where the sandbox provider listens. */
  extra?: Record<string, Record<string, string>>
  onStep: <T>(label: string, work: () => Promise<T>) => Promise<T>
  origin: string
  /** A command that works beside a running Marquee: it takes no part in events and jobs. */
  visiting?: boolean
}

export type OpenHost = {
  host: Host
  store: Store
  bus: EventBus
  cache: Cache
  live: Live
  /** What processes share in Redis, where there is one. */
  redis: OpenRedis | undefined
  gatewayConfig: GatewayConfig
  log: Logger
  metrics: ReturnType<typeof createMetrics>
  /** Where services run in other processes too: how they vouch for callers, and where they are. */
  others: Others | undefined
  stop: () => Promise<void>
}

export type Others = { keys: ServiceKeys; balancer: Balancer; discovery: Discovery }

/** Opens PostgreSQL, brings it up to date and starts the services on it. Nothing is listening yet. */
export async function openHost({
  settings,
  env,
  extra = {},
  onStep,
  origin,
  visiting = false,
}: OpenHostOptions): Promise<OpenHost> {
  const definitions = await loadServices(settings.services)
  const log = createLogger({ service: 'server', level: settings.logLevel })
  const registry = createRegistry()
  const metrics = createMetrics('server', registry)
  const config = await openSettings({ definitions, settings, env, extra, log, metrics })
  const gatewayConfig = config.of(gatewayName) as GatewayConfig
  const schemas = [...definitions.map(({ name }) => name), busSchema]

  const store = await onStep('PostgreSQL', () =>
    openStore({
      settings,
      schemas,
      env,
      visiting,
      onLost: (outcome) =>
        log.error(
          outcome.back ? {} : { err: outcome.error },
          outcome.back ? 'PostgreSQL was lost and is back' : 'PostgreSQL was lost and does not start',
        ),
    }),
  )
  try {
    await onStep('Migrations', () =>
      migrateAll(
        store,
        definitions.map(({ name, migrations }) => ({
          schema: name,
          sets: [
            { name: 'events', from: eventsMigrations },
            { name, from: migrations },
          ],
        })),
      ),
    )
    await withAdmin(store.adminUrl, (admin) =>
      checkPoolSizes(admin, {
        ...Object.fromEntries(definitions.map(({ name, poolSize = 6 }) => [name, poolSize])),
        bus: busPool,
      }),
    )
    const routes = config.of('routes') as RoutesConfig
    const others = await findOthers(settings, { routes, log, metrics })
    const redis = settings.redisUrl ? await openRedis(settings.redisUrl, { log, metrics }) : undefined
    // Whoever can commit can say so: what is out of date is told by PostgreSQL, Redis or not.
    const line =
      others || redis
        ? await createPostgresLive({
            url: store.urlOf(busSchema),
            onLost: (error) => log.warn({ err: error }, 'live signals are cut off; connecting again'),
          })
        : createMemoryLive()
    const live = redis ? createFallbackLive(redis.live, line) : line
    const { cacheBytes } = gatewayConfig
    const second = redis ? { second: redis.cacheLevel } : {}
    const kept = cacheBytes > 0 ? createMemoryCache({ maxBytes: cacheBytes, metrics, ...second }) : noCache
    const cache = others || redis ? createSharedCache({ cache: kept, ...second, live: line, metrics }) : kept
    const bus = await openBus({
      rabbitUrl: settings.rabbitUrl,
      store,
      live,
      log,
      alone: store.embedded && !visiting && !others,
    })
    const services = definitions.map(({ name }) => name)
    const replicas = await openReplicas({ settings, env, store, services, log, metrics })
    const flags = await openFlags({
      flags: everyFlag,
      rules: config.of('flags') as Readonly<Record<string, unknown>>,
      onChange: config.onChange,
      metrics,
    })
    const host = await onStep('Services', () =>
      startHost({
        definitions,
        groups: contracts.flatMap((contract) => contract.groups),
        urlOf: store.urlOf,
        replicasOf: replicas.of,
        configOf: ({ name }) => config.of(name),
        bus,
        bursts: settings.rabbitUrl !== undefined,
        live,
        cache,
        flags,
        clock: systemClock,
        ids: systemIds,
        logOf: (service) => createLogger({ service, level: settings.logLevel }),
        registry,
        origin,
        demo: settings.demo,
        ...(others ? { elsewhere: linkTo(others) } : {}),
      }),
    )
    const stop = async () => {
      await host.stop()
      await replicas.stop()
      await bus.stop()
      await live.stop()
      await others?.discovery.stop()
      await config.stop()
      await redis?.stop()
      await store.stop()
    }
    return { host, store, bus, cache, live, redis, gatewayConfig, log, metrics, others, stop }
  } catch (error) {
    await config.stop()
    await store.stop()
    throw error
  }
}

type Finding = { routes: RoutesConfig; log: Logger; metrics: Metrics }

async function findOthers(
  settings: Settings,
  { routes, log, metrics }: Finding,
): Promise<Others | undefined> {
  if (!isSplit(settings.services) && settings.servicePort === undefined) return undefined
  const discovery = await openDiscovery(settings, routes, log)
  const balancer = createBalancer(discovery, { metrics, knock })
  const { serviceKeys: file } = settings
  // Without the error: what cannot be parsed is quoted in it.
  const onUnreadable = () => log.error({ file }, 'the keys of services cannot be read; those read last go on')
  return { keys: await openServiceKeys(file, undefined, onUnreadable), balancer, discovery }
}

const linkTo = ({ keys, balancer }: Others) =>
  httpLink({ reach: balancer.reach, tokenFor: ({ caller, service }) => keys.sign(caller, service) })

async function withAdmin(url: string, work: (admin: Database) => Promise<void>): Promise<void> {
  const admin = openDatabase({ url, poolSize: 1, applicationName: 'marquee start' })
  try {
    await work(admin)
  } finally {
    await admin.close()
  }
}
