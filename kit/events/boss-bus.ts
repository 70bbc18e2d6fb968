import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { GroupDeclaration } from '../contract/index.ts'
import type { Live } from '../live/index.ts'
import { crashPoint } from '../resilience/crash-points.ts'
import { answerPatience } from '../sql/index.ts'
import type { Logger } from '../telemetry/index.ts'
import { createBindings } from './boss-bindings.ts'
import { bossDeadLetters } from './boss-dead-letters.ts'
import type { Consume, EventBus } from './bus.ts'
import type { Envelope } from './envelope.ts'
import { createGroupVersions, everyHour } from './group-versions.ts'
import { createLoop, type Loop } from './loop.ts'

export type BossBusOptions = {
  /** PostgreSQL, as the role that owns the schema. */
  url: string
  /** `bus` unless told; must exist. */
  schema?: string
  /** Wakes consumers of other parts of the process, or of other processes, after a delivery. */
  live: Live
  log: Logger
  /** Connections; 6 unless told. */
  poolSize?: number
  /** No other process uses this bus: what a killed one had in hand is taken up again at once. */
  alone?: boolean
  /** Tries before an event is a dead letter; 130 unless told, which takes about five days. */
  tries?: number
}

const dayInSeconds = 86_400
const heartbeatSeconds = 30

/** The embedded bus: pg-boss queues, one a group, in a schema of their own. */
export async function createBossBus(options: BossBusOptions): Promise<EventBus> {
  const { url, schema = 'bus', live, log, poolSize = 6, alone = false, tries = 130 } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'marquee bus',
    connectionTimeoutMillis: 10_000,
    query_timeout: answerPatience,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  // A connection that breaks while idle is replaced by itself.
  pool.on('error', () => {})
  const sql = preparing(pool)
  const boss = new PgBoss({
    schema,
    createSchema: false,
    schedule: false,
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
    maintenanceIntervalSeconds: 3600,
    db: { executeSql: sql },
  })
  boss.on('error', (error) => log.error({ err: error }, 'the event bus met an error; it goes on'))
  await boss.start()
  await sql(stampingEachRow(schema))
  if (alone) await sql(`update ${schema}.job set state = 'retry', start_after = now() where state = 'active'`)

  const known = new Set((await boss.getQueues()).map(({ name }) => name))
  const versions = createGroupVersions({ sql, schema })
  const bindings = createBindings({ versions, alone })
  const consumers = new Map<string, Loop>()
  const renewing = everyHour(versions.renew, log)
  let stopped: Promise<void> | undefined

  return {
    async declare(groups) {
      for (const group of groups) {
        if (!known.has(group.name)) await createQueue(group)
        known.add(group.name)
      }
      await bindings.declare(groups)
      renewing.start()
    },

    async deliver(events) {
      const groupsOf = await bindings.now()
      const byGroup = new Map<string, Envelope[]>()
      for (const event of new Map(events.map((one) => [one.id, one])).values())
        for (const group of groupsOf.get(event.name) ?? []) {
          const list = byGroup.get(group) ?? []
          byGroup.set(group, list)
          list.push(event)
        }
      await Promise.all(
        [...byGroup].map(([group, list]) =>
          boss.insert(
            group,
            list.map((event) => ({ id: event.id, data: event })),
          ),
        ),
      )
      for (const group of byGroup.keys()) live.signal(`bus.${group}`, null)
    },

    consume(group, how) {
      if (!known.has(group)) throw new Error(`the group ${group} is not declared`)
      if (consumers.has(group)) throw new Error(`the group ${group} is already consumed in this process`)
      const spared = versions.sparing(group, how)
      const loop = createLoop({
        work: () => takeOnce(group, spared),
        pollMilliseconds: 1000,
        lingerMilliseconds: 50,
        fullBatch: how.batchSize,
        onError: (error) => log.error({ err: error, group }, 'events could not be fetched; trying again'),
      })
      const leave = live.subscribe(`bus.${group}`, loop.wake)
      consumers.set(group, loop)
      loop.start()
      return async () => {
        leave()
        consumers.delete(group)
        await loop.stop()
      }
    },

    async drain() {
      let total = 0
      for (const loop of consumers.values()) total += await loop.drain()
      return total
    },

    hurry: async () => {
      await sql(`update ${schema}.queue set monitor_claim_on = null`)
      await boss.supervise()
      await sql(`update ${schema}.job set start_after = now() where state = 'retry'`)
    },

    deadLetters: bossDeadLetters({ sql, schema, wake: (group) => live.signal(`bus.${group}`, null) }),

    async backlog() {
      const { rows } = await sql(
        `select name, count(*) filter (where state < 'completed')::int as waiting,
           count(*) filter (where state = 'failed')::int as dead from ${schema}.job group by name`,
      )
      return Object.fromEntries(rows.map(({ name, waiting, dead }) => [name, { waiting, dead }]))
    },

    stop() {
      stopped ??= stop()
      return stopped
    },
  }

  async function stop(): Promise<void> {
    await Promise.all([renewing.stop(), ...[...consumers.values()].map((loop) => loop.stop())])
    consumers.clear()
    await boss.stop({ graceful: false, close: false })
    await pool.end()
  }

  async function createQueue(group: GroupDeclaration): Promise<void> {
    await boss.createQueue(group.name, {
      retryLimit: tries - 1,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 3600,
      heartbeatSeconds,
      expireInSeconds: 3600,
      // What waits for a group's first start waits for years; dead letters until somebody drops them.
      retentionSeconds: 3650 * dayInSeconds,
      deleteAfterSeconds: 0,
    })
  }

  async function takeOnce(group: string, { batchSize, handle }: Consume): Promise<number> {
    const fetched = await boss.fetch<Envelope>(group, { batchSize })
    if (fetched.length === 0) return 0
    const jobs = fetched.toSorted((one, other) => one.data.position - other.data.position)
    const ids = jobs.map(({ id }) => id)
    const beat = setInterval(
      () => boss.touch(group, ids).catch((error: unknown) => log.warn({ err: error, group }, 'no heartbeat')),
      (heartbeatSeconds * 1000) / 3,
    )
    try {
      const outcomes = await handle(jobs.map(({ data }) => data))
      crashPoint('events.bus.applied')
      const done = ids.filter((_, index) => outcomes[index]?.ok)
      // Deleted rather than completed: a kept row would cost a second write and a sweep.
      if (done.length > 0) await boss.deleteJob(group, done)
      for (const [index, outcome] of outcomes.entries())
        if (!outcome.ok) await boss.fail(group, ids[index] ?? '', { reason: reasonOf(outcome.error) })
    } finally {
      clearInterval(beat)
    }
    return jobs.length
  }
}

/**
 * Queues are read by `created_on`, which pg-boss takes from the start of a transaction: what was handed over at once
 * would have no order. By the clock each row has its own place. Does nothing, and locks nothing, the second time.
 */
const stampingEachRow = (schema: string) => `do $$
  declare jobs regclass;
  begin
    for jobs in select attrelid from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
      where adrelid in ('${schema}.job'::regclass, '${schema}.job_common'::regclass)
        and attname = 'created_on' and pg_get_expr(adbin, adrelid) <> 'clock_timestamp()'
    loop
      execute format('alter table %s alter column created_on set default clock_timestamp()', jobs);
    end loop;
  end $$`

/**
 * Lets pg-boss's inserts and deletes be planned once a connection: they cost half. What has no parameters may be
 * several statements, or the fetch, whose plan must follow the size of its table; those are planned each time.
 */
function preparing(pool: pg.Pool) {
  const names = new Map<string, string>()
  return async (text: string, values: unknown[] = []) => {
    if (values.length === 0) return pool.query(text)
    const name = names.get(text) ?? (names.size < 1000 ? `bus-${names.size}` : undefined)
    if (name) names.set(text, name)
    return pool.query({ text, values, ...(name ? { name } : {}) })
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
