import type { Connection } from 'rabbitmq-client'
import type { GroupDeclaration } from '../contract/index.ts'
import { crashPoint } from '../resilience/crash-points.ts'
import { openDatabase } from '../sql/index.ts'
import type { Logger } from '../telemetry/index.ts'
import type { Consume, EventBus } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { createGroupVersions, everyHour } from './group-versions.ts'
import { createLoop, type Loop } from './loop.ts'
import { connectRabbit } from './rabbit-connection.ts'
import { createRabbitConsumer, type RabbitConsumer } from './rabbit-consumer.ts'
import { createRabbitMemory } from './rabbit-memory.ts'
import { createRabbitPublisher } from './rabbit-publisher.ts'
import { declareTopology, rabbitNames, unbindStruckOut } from './rabbit-topology.ts'
import { createSetAside } from './set-aside.ts'

export type RabbitBusOptions = {
  /** `amqp://…` or `amqps://…`; several nodes of a cluster separated by commas. */
  broker: string
  /** PostgreSQL, as the role that owns the schema: there is kept what groups could not take. */
  url: string
  /** `bus` unless told; `busMigrations` must be applied. */
  schema?: string
  log: Logger
  /** What exchange and queues are called after; `marquee` unless told. */
  installation?: string
  /** Connections to PostgreSQL; 3 unless told. */
  poolSize?: number
  /** Tries before an event is a dead letter; 130 unless told, which takes about five days. */
  tries?: number
  /** The longest that publishing may take before it counts as failed, in milliseconds; 10,000 unless told. */
  deadline?: number
  /** How long a start waits for the broker before it goes on without, in milliseconds; 5,000 unless told. */
  patience?: number
}

/**
 * Events through RabbitMQ: a quorum queue a group, bound by the names of its events. What is published while the
 * broker is away is refused, so that it stays in its outbox; what a group cannot take waits in PostgreSQL.
 */
export async function createRabbitBus(options: RabbitBusOptions): Promise<EventBus> {
  const { broker, url, schema = 'bus', log, installation = 'marquee', tries = 130 } = options
  const names = rabbitNames(installation)
  const db = openDatabase({ url, poolSize: options.poolSize ?? 3, applicationName: 'marquee bus' })
  // Apart, so that a broker that holds publishers back still takes acknowledgements.
  const outgoing = connect(broker, 'marquee publishes', log)
  const incoming = connect(broker, 'marquee consumes', log)
  await outgoing.onConnect(options.patience ?? 5000, true).catch(() => {
    log.warn({}, 'RabbitMQ does not answer; starting without, events wait in their outboxes')
  })

  const declared = new Map<string, GroupDeclaration>()
  const wanted = new Set<string>()
  const consumers = new Map<string, RabbitConsumer>()
  // One a group, so that one that hangs keeps no other waiting.
  const retries = new Map<string, Loop>()
  const versions = createGroupVersions({ sql: (text, values) => db.query(text, values), schema })
  const setAside = createSetAside({ db, schema, tries, wake: wakeRetries })
  let publisher = newPublisher()
  let stopped: Promise<void> | undefined

  const keeping = everyHour(async () => {
    await versions.renew()
    if (outgoing.ready) await unbindStruckOut({ connection: outgoing, names, versions, log })
  }, log)

  return {
    async declare(groups) {
      // Before anything is bound: older consumers ask for it when they meet what they do not take.
      await versions.note(groups)
      const fresh = groups.filter(({ name }) => !declared.has(name))
      for (const group of groups) {
        declared.set(group.name, group)
        for (const { name } of group.events) wanted.add(name)
      }
      if (fresh.length === 0) return
      await setAside.adopt()
      const before = publisher
      publisher = newPublisher()
      await before.stop()
      // What is published from now on waits for them: a channel declares before it publishes.
      if (outgoing.ready) await publisher.publish([])
      keeping.start()
      await keeping.atRest()
    },

    async deliver(events) {
      const once = [...new Map(events.map((one) => [one.id, one])).values()]
      // Also what nobody here wants: a newer version may have bound a queue for it.
      if (once.length > 0) await publisher.publish(once)
    },

    consume(group, how) {
      const declaration = declared.get(group)
      if (!declaration) throw new Error(`the group ${group} is not declared`)
      if (consumers.has(group)) throw new Error(`the group ${group} is already consumed in this process`)
      const spared = versions.sparing(group, how)
      const consumer = createRabbitConsumer({
        connection: incoming,
        queue: names.queueOf(group),
        prepare: (channel) => declareTopology(channel, names, [declaration]),
        batchSize: how.batchSize,
        work: async (events) => void (await apply(group, spared, events)),
        log,
      })
      const again = createLoop({
        work: () => takeDue(group, spared),
        pollMilliseconds: 1000,
        lingerMilliseconds: 50,
        fullBatch: spared.batchSize,
        onError: (error) => log.error({ err: error, group }, 'what is to be tried again could not be'),
      })
      consumers.set(group, consumer)
      retries.set(group, again)
      again.start()
      return async () => {
        consumers.delete(group)
        retries.delete(group)
        await Promise.all([consumer.stop(), again.stop()])
      }
    },

    async drain() {
      let total = 0
      for (const again of retries.values()) total += await again.drain()
      for (const consumer of consumers.values()) total += await consumer.drain()
      return total
    },

    memory: createRabbitMemory({
      db,
      schema,
      connection: outgoing,
      queueOf: (id) => names.queueOf(`memory.${id}`),
    }),

    hurry: () => setAside.hurry(),
    deadLetters: setAside.deadLetters,

    async backlog() {
      if (!incoming.ready) throw new Error('RabbitMQ is not reachable')
      const counts = new Map<string, { waiting: number; dead: number }>()
      for (const { group, waiting, dead } of await setAside.counts()) counts.set(group, { waiting, dead })
      for (const group of declared.keys()) {
        const { messageCount } = await incoming.queueDeclare({ queue: names.queueOf(group), passive: true })
        const inHand = consumers.get(group)?.inHand() ?? 0
        const { waiting = 0, dead = 0 } = counts.get(group) ?? {}
        counts.set(group, { waiting: waiting + messageCount + inHand, dead })
      }
      return Object.fromEntries([...counts].filter(([, { waiting, dead }]) => waiting + dead > 0))
    },

    stop() {
      stopped ??= stop()
      return stopped
    },
  }

  function newPublisher() {
    return createRabbitPublisher({
      connection: outgoing,
      exchange: names.exchange,
      wanted: (name) => wanted.has(name),
      prepare: (channel) => declareTopology(channel, names, declared.values()),
      deadline: options.deadline ?? 10_000,
    })
  }

  /** Hands a batch to its group; what fails is set aside, and everything may be acknowledged. */
  async function apply(group: string, { handle }: Consume, given: Envelope[]): Promise<string[]> {
    // Published again by a relay that did not hear the confirmation, one event may stand here twice.
    const events = [...new Map(given.map((event) => [event.id, event])).values()]
    const outcomes = await handle(events)
    crashPoint('events.bus.applied')
    const failures = events.flatMap((event, at) => {
      const outcome = outcomes[at]
      return outcome && !outcome.ok ? [{ event, reason: reasonOf(outcome.error) }] : []
    })
    if (failures.length > 0) await setAside.put(group, failures)
    const failed = new Set(failures.map(({ event }) => event.id))
    return events.map(({ id }) => id).filter((id) => !failed.has(id))
  }

  async function takeDue(group: string, how: Consume): Promise<number> {
    const due = await setAside.take(group, how.batchSize)
    if (due.length > 0) await setAside.settle(group, await apply(group, how, due))
    return due.length
  }

  function wakeRetries(): void {
    for (const again of retries.values()) again.wake()
  }

  async function stop(): Promise<void> {
    await Promise.all([
      keeping.stop(),
      ...[...retries.values(), ...consumers.values()].map((one) => one.stop()),
    ])
    consumers.clear()
    retries.clear()
    await publisher.stop()
    outgoing.unsafeDestroy()
    incoming.unsafeDestroy()
    await db.close()
  }
}

function connect(broker: string, name: string, log: Logger): Connection {
  const onError = (error: unknown) => log.warn({ err: error }, `${name}: RabbitMQ is away; connecting again`)
  const connection = connectRabbit(broker, { name, onError })
  connection.on('connection.blocked', (reason) =>
    log.warn({ reason }, `${name}: RabbitMQ takes nothing more for now`),
  )
  return connection
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
