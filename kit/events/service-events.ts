import type { Database } from '../sql/index.ts'
import type { Logger, Metrics } from '../telemetry/index.ts'
import { forgetApplied } from './applied.ts'
import type { EventBus, Outcome } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { every, type Job } from './jobs.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createPublisher, type Publisher } from './publisher.ts'
import { createRelay } from './relay.ts'
import { forgetRelayed } from './relayed.ts'
import type { Subscription } from './subscription.ts'

/** The files that every service's schema needs for events, applied before its own. */
export const eventsMigrations = new URL('./migrations/', import.meta.url)

export type ServiceEvents = {
  publisher: Publisher
  /** The same outbox, for what is written in one statement. */
  outbox: Outbox
  /** To be run with the service's own jobs. */
  jobs: readonly Job[]
  /** Starts the relay and the consumers; the bus must know their groups. */
  start(subscriptions: readonly Subscription[]): void
  /** For tests: carries to the bus all that was published and committed; says how many. */
  relay(): Promise<number>
  /** Lets work in hand finish. What is left in the outbox goes out at the next start. */
  stop(): Promise<void>
}

/** One service's part in events: its publisher, its relay and its consumers. */
export function createServiceEvents(options: {
  db: Database
  bus: EventBus
  log: Logger
  metrics: Metrics
  newId?: () => string
}): ServiceEvents {
  const { db, bus, log, metrics, newId } = options
  const relay = createRelay({ db, bus, log, metrics })
  const handled = metrics.counter('marquee_events_handled_total', 'Events taken by groups, by outcome', [
    'group',
    'outcome',
  ])
  let consumers: (() => Promise<void>)[] = []

  return {
    publisher: createPublisher({ onPublished: relay.wake, ...(newId ? { newId } : {}) }),
    outbox: createOutbox({ onPublished: relay.wake, newId }),
    jobs: [
      every('forget-applied-events', { milliseconds: 3_600_000 }, () => forgetApplied(db)),
      every('forget-relayed-events', { milliseconds: 600_000 }, () => forgetRelayed(db)),
    ],
    start(subscriptions) {
      relay.start()
      consumers = subscriptions.map((subscription) => {
        const group = subscription.group.name
        return bus.consume(group, {
          batchSize: subscription.batchSize,
          async handle(events) {
            const outcomes = await subscription.handle(events, db)
            report(group, events, outcomes)
            return outcomes
          },
        })
      })
    },
    relay: () => relay.drain(),
    async stop() {
      await Promise.all(consumers.map((end) => end()))
      await relay.stop()
    },
  }

  function report(group: string, events: readonly Envelope[], outcomes: readonly Outcome[]): void {
    for (const [index, outcome] of outcomes.entries()) {
      handled.inc({ group, outcome: outcome.ok ? 'ok' : 'failed' })
      if (outcome.ok) continue
      const { id, name, correlationId } = events[index] ?? {}
      log.warn(
        { err: outcome.error, group, event: name, eventId: id, correlationId },
        'an event is tried again later',
      )
    }
  }
}

/** For tests: relays and consumes until nothing is left, without sleeping; says how much was done. */
export async function processAll(
  bus: EventBus,
  services: readonly Pick<ServiceEvents, 'relay'>[],
): Promise<number> {
  let total = 0
  for (;;) {
    let done = 0
    for (const service of services) done += await service.relay()
    done += await bus.drain()
    if (done === 0) return total
    total += done
  }
}
