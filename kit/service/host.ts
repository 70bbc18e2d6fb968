import type { Registry } from 'prom-client'
import type { Cache } from '../cache/index.ts'
import {
  type Answering,
  answeredElsewhere,
  answeredHere,
  type Contract,
  connect,
  type Endpoints,
  type GroupDeclaration,
  type Implementation,
  type Link,
  localLink,
} from '../contract/index.ts'
import { createSqlDocuments } from '../documents/index.ts'
import {
  createBurst,
  createJobRunner,
  createServiceEvents,
  type EventBus,
  type Job,
  type JobRunner,
  type ServiceEvents,
} from '../events/index.ts'
import { type Flags, usualFlags } from '../flags/index.ts'
import type { Live } from '../live/index.ts'
import { createSqlSearch } from '../search/index.ts'
import { assertOutsideTransaction, type Database, openDatabase } from '../sql/index.ts'
import { createMetrics, currentCorrelationId, type Logger } from '../telemetry/index.ts'
import type { Clock, Ids } from './clock.ts'
import { guardedLink } from './guarded-link.ts'
import { type OpenedReads, openReads, type Replicas } from './reads.ts'
import { type AnyService, type RunningService, startService } from './start-service.ts'

export type HostOptions = {
  definitions: readonly AnyService[]
  /** Every consumer group there is, hosted here or not: what is relayed here must wait for all of them. */
  groups: readonly GroupDeclaration[]
  /** The database of a service, as its own role. */
  urlOf: (service: string) => string
  /** The replicas of a service's database, where there are any. */
  replicasOf?: (service: string) => Replicas | undefined
  /** Refuses writes where reading was asked for, also without replicas; for tests. */
  strictReads?: boolean
  /** A service's configuration, parsed. */
  configOf: (definition: AnyService) => unknown
  bus: EventBus
  /** The bus takes bursts: a broker, rather than this very PostgreSQL. */
  bursts?: boolean
  live: Live
  cache: Cache
  /** As they usually are unless given. */
  flags?: Flags
  clock: Clock
  ids: Ids
  logOf: (service: string) => Logger
  registry: Registry
  origin: string
  demo: boolean
  /** Reaches services that are hosted elsewhere; those hosted here are called directly. */
  elsewhere?: Link
}

export type Host = {
  services: readonly RunningService[]
  implementations: readonly Implementation[]
  /** Who answers a contract: a service of this host, or one elsewhere. */
  answering: (contract: Contract) => Answering
  /** The typed client of any service, as somebody who calls under `name`. */
  connectAs: (
    name: string,
  ) => <Of extends Endpoints>(contract: Contract<string, Of>) => ReturnType<typeof connect<Of>>
  events: readonly ServiceEvents[]
  databaseOf: (service: string) => Database
  jobsOf: (service: string) => JobRunner
  /**
   * Starts consumers, relays and jobs, or, where others of the same service do that work, only the jobs that run
   * everywhere. The services answer calls already.
   */
  begin: (which?: 'everywhere') => void
  /** Each service's word on whether it can work; names those that cannot and why. */
  ready: () => Promise<Record<string, string>>
  /** Lets work in hand finish: jobs, which are told that they stop, then consumers, services and their databases. */
  stop: () => Promise<void>
}

/** Starts services in this process and lets them reach each other as they would over a network. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { definitions, bus, live, cache, clock, ids } = options
  const running = new Map<string, RunningService>()
  const databases = new Map<string, Database>()
  const readings: OpenedReads[] = []
  const eventsOf = new Map<string, ServiceEvents>()
  const runners = new Map<string, JobRunner>()

  const here = localLink((service) => running.get(service)?.implementation)
  const either: Link = (call) =>
    options.elsewhere && !running.has(call.service) ? options.elsewhere(call) : here(call)
  const link = guardedLink(either, createMetrics('links', options.registry), options.logOf('links'))
  const connectAs =
    (name: string) =>
    <Of extends Endpoints>(contract: Contract<string, Of>) =>
      connect(contract, link, {
        service: name,
        correlationId: () => currentCorrelationId() ?? ids.uuid(),
        beforeCall: () => assertOutsideTransaction(`a call to ${contract.name}`),
      })

  await bus.declare(options.groups)
  await Promise.all(definitions.map(begin))

  async function begin(definition: AnyService): Promise<void> {
    const { name } = definition
    const log = options.logOf(name)
    const metrics = createMetrics(name, options.registry)
    const db = openDatabase({
      url: options.urlOf(name),
      poolSize: definition.poolSize ?? 6,
      applicationName: `marquee ${name}`,
      onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke; it is replaced'),
    })
    databases.set(name, db)
    const opened = openReads({
      service: name,
      db,
      replicas: options.replicasOf?.(name),
      poolSize: definition.poolSize ?? 6,
      metrics,
      ...(options.strictReads ? { strict: true } : {}),
    })
    readings.push(opened)
    const events = createServiceEvents({ db, bus, log, metrics, newId: ids.uuid })
    eventsOf.set(name, events)
    const documents = createSqlDocuments({ db, outbox: events.outbox })
    const service = await startService(definition, {
      config: options.configOf(definition),
      db,
      reads: opened.reads,
      documents,
      search: createSqlSearch({ db }),
      events: events.publisher,
      ...(options.bursts ? { burst: createBurst({ bus, newId: ids.uuid }) } : {}),
      live,
      cache,
      flags: options.flags ?? usualFlags,
      clock,
      ids,
      log,
      metrics,
      connect: connectAs(name),
      origin: options.origin,
      demo: options.demo,
    })
    if (opened.position) service.implementation.position = opened.position
    running.set(name, service)
    const jobs: readonly Job[] = [...service.jobs, ...events.jobs, ...documents.jobs]
    runners.set(name, createJobRunner(jobs, { log, metrics }))
  }

  const ordered = definitions.flatMap(({ name }) => running.get(name) ?? [])
  return {
    services: ordered,
    implementations: ordered.map((service) => service.implementation),
    answering: (contract) => {
      const service = running.get(contract.name)
      const behind = answeredElsewhere(contract, link)
      if (!service) return behind
      const here = answeredHere(service.implementation)
      // A fallback is carried out by who calls: on the link.
      const isBehind = (name: string) => contract.endpoints[name]?.fallback !== undefined
      return { contract, invokeOf: (name) => (isBehind(name) ? behind : here).invokeOf(name) }
    },
    connectAs,
    events: [...eventsOf.values()],
    databaseOf: (service) => found(databases, service),
    jobsOf: (service) => found(runners, service),
    begin(which) {
      for (const service of ordered) {
        if (which === undefined) eventsOf.get(service.name)?.start(service.subscriptions)
        runners.get(service.name)?.start(which)
      }
    },
    async ready() {
      const words = await Promise.all(
        ordered.map(async ({ name, ready }) => {
          const word = await ready().catch((error: unknown) => {
            // Why is nobody's business who asks from outside.
            options.logOf(name).warn({ err: error }, 'is not ready')
            return 'does not answer'
          })
          return [name, word] as const
        }),
      )
      return Object.fromEntries(words.flatMap(([name, word]) => (word === true ? [] : [[name, word]])))
    },
    async stop() {
      await Promise.all([...runners.values()].map((runner) => runner.stop()))
      await Promise.all([...eventsOf.values()].map((events) => events.stop()))
      await Promise.all(ordered.map((service) => service.stop()))
      await Promise.all([...databases.values(), ...readings].map((one) => one.close()))
    },
  }
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const one = map.get(name)
  if (!one) throw new Error(`${name} is not hosted here`)
  return one
}
