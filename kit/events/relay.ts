import { crashPoint } from '../resilience/crash-points.ts'
import type { Database } from '../sql/index.ts'
import type { Logger, Metrics } from '../telemetry/index.ts'
import type { EventBus } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { createLoop, type Loop } from './loop.ts'
import { sendAgainIfForgotten } from './relayed.ts'

export type RelayOptions = {
  db: Database
  bus: Pick<EventBus, 'deliver' | 'memory'>
  log: Logger
  metrics: Metrics
  /** Events taken at once; 200 unless told. */
  batchSize?: number
}

type OutboxRow = {
  position: number
  id: string
  name: string
  key: string
  version: number
  payload: unknown
  correlation_id: string
  traceparent: string | null
  occurred_at: Temporal.Instant
}

// A lower position can commit later than a higher one, so nothing is remembered but the rows themselves.
const take = `delete from outbox where position in
  (select position from outbox order by position limit $1 for update skip locked)
  returning position, id, name, key, version, payload, correlation_id, traceparent, occurred_at`

// For a bus that can lose what it confirmed.
const takeAndKeep = `with gone as (${take}), kept as (
    insert into relayed (position, id, name, key, version, payload, correlation_id, traceparent, occurred_at)
    select position, id, name, key, version, payload, correlation_id, traceparent, occurred_at from gone)
  select * from gone`

const countEveryMilliseconds = 5000

/** Carries a service's outbox to the bus. A row is gone only once the bus has it. */
export function createRelay({ db, bus, log, metrics, batchSize = 200 }: RelayOptions): Loop {
  const relayed = metrics.counter('marquee_events_relayed_total', 'Events carried from the outbox to the bus')
  const waiting = metrics.gauge('marquee_outbox_waiting', 'Events that wait to be carried to the bus')
  let countedAt = Number.NEGATIVE_INFINITY
  let heeded: string | undefined
  return createLoop({
    pollMilliseconds: 1000,
    lingerMilliseconds: 25,
    fullBatch: batchSize,
    onError: (error) => log.error({ err: error }, 'the outbox could not be relayed; trying again'),
    async work() {
      await count()
      if (bus.memory) await heed(await bus.memory())
      const carried = await db.transaction(async (tx) => {
        const { rows } = await tx.query<OutboxRow>(bus.memory ? takeAndKeep : take, [batchSize], {
          name: bus.memory ? 'events-relay-kept' : 'events-relay',
        })
        if (rows.length > 0)
          await bus.deliver(rows.toSorted((a, b) => a.position - b.position).map(envelopeOf))
        if (rows.length > 0) crashPoint('events.relay.delivered')
        return rows.length
      })
      if (carried > 0) relayed.inc({}, carried)
      return carried
    },
  })

  /** Before anything that fails while the bus is away: then it matters most. */
  async function count(): Promise<void> {
    if (performance.now() - countedAt < countEveryMilliseconds) return
    countedAt = performance.now()
    const { rows } = await db.query<{ count: number }>('select count(*)::int as count from outbox')
    waiting.set(rows[0]?.count ?? 0)
  }

  async function heed(memory: string): Promise<void> {
    if (memory === heeded) return
    const again = await sendAgainIfForgotten(db, memory)
    if (again > 0) log.warn({ events: again }, 'the broker lost what it held; events are sent again')
    heeded = memory
  }
}

function envelopeOf(row: OutboxRow): Envelope {
  return {
    id: row.id,
    name: row.name,
    key: row.key,
    version: row.version,
    position: row.position,
    occurredAt: row.occurred_at.toString(),
    correlationId: row.correlation_id,
    ...(row.traceparent ? { traceparent: row.traceparent } : {}),
    payload: row.payload,
  }
}
