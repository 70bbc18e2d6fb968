import type { FastifyInstance } from 'fastify'
import { type Cache, createMemoryCache } from '../cache/index.ts'
import { viewOf } from '../config/live-view.ts'
import {
  anonymousCaller,
  answeredHere,
  type Caller,
  type CallRequest,
  type Contract,
  connect,
  type Endpoints,
  type EventDeclaration,
  type Facts,
  fail,
  type Implementation,
  implement,
  localLink,
  type Methods,
} from '../contract/index.ts'
import { createBossBus, eventsMigrations, processAll } from '../events/index.ts'
import type { Flags } from '../flags/index.ts'
import { createHttpApp, drain, mount } from '../http/index.ts'
import { createMemoryLive, type Live } from '../live/index.ts'
import { type AnyService, type Clock, startHost, systemIds } from '../service/index.ts'
import { type Database, openDatabase } from '../sql/index.ts'
import { createRegistry, silentLogger } from '../telemetry/index.ts'
import { testDatabase } from './test-database.ts'

export type BootOptions = {
  /** What neighbours answer, by contract; a test gives only what it needs. */
  neighbours?: readonly Implementation[]
  config?: Record<string, unknown>
  clock?: Clock
  flags?: Flags
  demo?: boolean
  poolSize?: number
  /** One that others share with it. */
  cache?: Cache
  /** As with a broker: what comes in bursts goes through the bus. */
  bursts?: boolean
}

export type Booted<Of extends Endpoints> = {
  /** The service's endpoints in somebody's name. */
  as: (caller: Caller) => Methods<Of>
  asService: () => Methods<Of>
  db: Database
  /** Superuser of the same database. */
  admin: Database
  /** Speaks HTTP: `app.inject(…)`; the caller is whoever `x-test-caller` names, as JSON. */
  app: FastifyInstance
  /** Lets everything published reach everybody who waits for it, without sleeping. */
  processEvents: () => Promise<number>
  runJob: (name: string) => Promise<void>
  /** What the service published so far, oldest first. */
  published: (declaration: EventDeclaration) => Promise<Record<string, unknown>[]>
  /** Hands the service an event as a neighbour would have published it. */
  deliver: <Declaration extends EventDeclaration>(
    declaration: Declaration,
    payload: unknown,
    about?: { id?: string; key?: string; version?: number; occurredAt?: string },
  ) => Promise<void>
  metricsText: () => Promise<string>
  /** What an operator sets while the service runs; as there, only live settings take effect. */
  set: (changed: Record<string, unknown>) => void
  stop: () => Promise<void>
}

/** Boots one service on a fresh PostgreSQL database, with neighbours that a test controls. */
export async function bootService<Of extends Endpoints>(
  definition: { name: string; contract: Contract<string, Of>; migrations: URL },
  options: BootOptions = {},
): Promise<Booted<Of>> {
  const service = definition as unknown as AnyService
  const database = await testDatabase({
    schema: service.name,
    migrations: service.migrations,
    also: [{ name: 'events', from: eventsMigrations }],
    furnish: { name: 'bus', with: openBusOnce },
    poolSize: 2,
  })
  const live = createMemoryLive()
  const bus = await openBus(database.adminUrl, live)
  const registry = createRegistry({ processMetrics: false })
  const heard = new Map<string, Record<string, unknown>[]>()
  const neighbours = localLink((name) => options.neighbours?.find((one) => one.contract.name === name))

  const atStart = service.config.parse(options.config ?? {})
  let settings = atStart

  await bus.declare([{ kind: 'group', name: 'test.listener', events: [...service.contract.events] }])
  bus.consume('test.listener', {
    batchSize: 100,
    handle: async (events) =>
      events.map((event) => {
        heard.set(event.name, [...(heard.get(event.name) ?? []), event.payload as Record<string, unknown>])
        return { ok: true as const }
      }),
  })
  const host = await startHost({
    definitions: [service],
    groups: service.contract.groups,
    urlOf: () => database.url,
    configOf: () => viewOf(service.config, atStart, () => settings),
    bus,
    live,
    cache: options.cache ?? createMemoryCache(),
    ...(options.flags ? { flags: options.flags } : {}),
    clock: options.clock ?? { now: () => Temporal.Now.instant() },
    ids: systemIds,
    logOf: () => silentLogger,
    registry,
    origin: 'http://localhost:3000',
    demo: options.demo ?? true,
    strictReads: true,
    elsewhere: neighbours,
    bursts: options.bursts ?? false,
  })
  const [running] = host.services
  if (!running) throw new Error(`${service.name} did not start`)
  for (const subscription of running.subscriptions)
    bus.consume(subscription.group.name, {
      batchSize: subscription.batchSize,
      handle: (events) => subscription.handle(events, host.databaseOf(service.name)),
    })

  const bugs: unknown[] = []
  const app = createHttpApp({ onBug: (error) => bugs.push(error) })
  mount(app, answeredHere(running.implementation), {
    callerOf: (request) => {
      const given = request.headers['x-test-caller']
      return typeof given === 'string' ? (JSON.parse(given) as Caller) : anonymousCaller
    },
  })
  running.rawRoutes?.(app)
  const link = localLink((name) => (name === service.name ? running.implementation : undefined))
  const client = connect(definition.contract, link, { service: 'test', correlationId: systemIds.uuid })
  const processEvents = () => processAll(bus, host.events)

  return {
    as: client.as,
    asService: client.asService,
    db: database.db,
    admin: database.admin,
    app,
    processEvents,
    runJob: (name) => host.jobsOf(service.name).runJob(name),
    async published(declaration) {
      await processEvents()
      return heard.get(declaration.name) ?? []
    },
    async deliver(declaration, payload, about = {}) {
      await bus.deliver([
        {
          id: about.id ?? systemIds.uuid(),
          name: declaration.name,
          key: about.key ?? systemIds.uuid(),
          version: about.version ?? 1,
          occurredAt: about.occurredAt ?? Temporal.Now.instant().toString(),
          correlationId: systemIds.uuid(),
          payload: declaration.schema.parse(payload),
        } as Parameters<typeof bus.deliver>[0][number],
      ])
      await bus.drain()
    },
    metricsText: () => registry.metrics(),
    set(changed) {
      settings = service.config.parse({ ...options.config, ...changed })
    },
    async stop() {
      await drain(app, { idleMilliseconds: 0 })
      await host.stop()
      await bus.stop()
      await database.close()
      if (bugs.length > 0) throw new AggregateError(bugs, 'the service met bugs')
    },
  }
}

const openBus = (url: string, live: Live) =>
  createBossBus({ url, live, log: silentLogger, poolSize: 2, alone: true })

async function openBusOnce(adminUrl: string): Promise<void> {
  const admin = openDatabase({ url: adminUrl, poolSize: 1, applicationName: 'test admin' })
  await admin.query('create schema bus')
  await admin.close()
  await (await openBus(adminUrl, createMemoryLive())).stop()
}

/** Whom a real neighbour would let in is its own tests' business. */
const letIn = (_input: unknown, { caller }: CallRequest): Facts => ({
  secretOk: true,
  role: 'owner',
  holderId: caller.userId ?? null,
})

/** A neighbour that answers only what a test gives it; everything else is `unavailable`. */
export function neighbour<Of extends Endpoints>(
  contract: Contract<string, Of>,
  handlers: { [Name in keyof Of]?: (input: never) => unknown },
): Implementation {
  const silent = Object.fromEntries(
    Object.keys(contract.endpoints).map((name) => [name, () => fail('unavailable')]),
  )
  const guards = Object.fromEntries(Object.keys(contract.endpoints).map((name) => [name, letIn]))
  return implement(contract, {
    handlers: { ...silent, ...handlers } as never,
    guards: guards as never,
  }) as unknown as Implementation
}
