import pg from 'pg'
import { planOnce } from './plan-once.ts'

/** `plan`: of a named statement, kept for whatever values come. */
export type Asked = pg.QueryConfig & { plan?: 'once' | undefined }

/** The connections of a pool that were handed out, and how long each of them has owed an answer. */
export type Wires = {
  /** Runs one query on a client of the pool. */
  ask(client: pg.PoolClient, query: Asked): Promise<pg.QueryResult>
  /** Whether a client still answers; asked of it only when it did nothing for long. */
  isFit(client: pg.PoolClient): boolean | Promise<boolean>
  close(): void
}

type Wire = { pending: number; since: number; suspectFrom: number }

// Long for a query, short for a person.
const quietFor = 2000
const lookEvery = 500
const patience = 1500
const idleFor = 15_000

export type WatchWires = {
  connectionString: string
  applicationName: string
  /** Told of each connection that fell silent, after it was ended. */
  onSilent: () => void
}

/**
 * Ends connections that fell silent: neither a half-open wire nor its kernel tells that nobody is at its other end. Of
 * a query without an answer for two seconds another, new connection asks whether PostgreSQL is still at it. Who is,
 * takes long; who has been done for a second, or is gone, will never be heard.
 */
export function watchWires(options: WatchWires): Wires {
  const wires = new Map<pg.PoolClient, Wire>()
  let looking = false
  const timer = setInterval(() => void look(), lookEvery)
  timer.unref()

  const wireOf = (client: pg.PoolClient): Wire => {
    const known = wires.get(client)
    if (known) return known
    const fresh = { pending: 0, since: performance.now(), suspectFrom: 0 }
    wires.set(client, fresh)
    client.once('end', () => wires.delete(client))
    return fresh
  }

  async function look(): Promise<void> {
    if (looking) return
    const time = performance.now()
    const quiet = [...wires].filter(
      ([, { pending, since, suspectFrom }]) => pending > 0 && time - since > quietFor && time > suspectFrom,
    )
    if (quiet.length === 0) return
    looking = true
    const pids = quiet.flatMap(([client]) => pidOf(client) ?? [])
    const before = new Map(quiet.map(([client, { since }]) => [client, since]))
    const gone = await silentOf(pids, options)
    looking = false
    // The next look asks again: however long PostgreSQL is away, that says nothing for who waits.
    if (!gone) return
    for (const [client, wire] of quiet) {
      const pid = pidOf(client)
      // It spoke meanwhile.
      if (wire.pending === 0 || wire.since !== before.get(client)) continue
      if (pid !== undefined && gone.has(pid)) {
        client.connection.stream.destroy()
        options.onSilent()
      } else wire.suspectFrom = performance.now() + (performance.now() - wire.since)
    }
  }

  return {
    async ask(client, { plan, ...query }) {
      const wire = wireOf(client)
      if (wire.pending === 0) Object.assign(wire, { since: performance.now(), suspectFrom: 0 })
      wire.pending += 1
      writeTogether(client)
      planOnce(client, plan === 'once')
      try {
        return await client.query(query)
      } finally {
        wire.pending -= 1
        wire.since = performance.now()
      }
    },
    isFit(client) {
      const wire = wires.get(client)
      return wire === undefined || performance.now() - wire.since < idleFor || speaks(client)
    },
    close: () => clearInterval(timer),
  }
}

/** What is asked of a connection in one turn leaves in one write: a call of the system costs more than most questions. */
function writeTogether({ connection: { stream } }: pg.PoolClient): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

async function speaks(client: pg.PoolClient): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => late.resolve(false), patience)
  const asked = client.query('').then(
    () => true,
    () => false,
  )
  const answer = await Promise.race([asked, late.promise])
  clearTimeout(timer)
  return answer
}

/** Which of these PostgreSQL has done with, or knows nothing of; undefined when nobody can say. */
async function silentOf(
  pids: readonly number[],
  { connectionString, applicationName }: WatchWires,
): Promise<ReadonlySet<number> | undefined> {
  const client = new pg.Client({
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ me: number; busy: number[] }>(
      `select pg_backend_pid() as me, coalesce(array_agg(pid) filter (
         where state is null or state = 'active' or state_change > clock_timestamp() - interval '1 second'), '{}') as busy
       from pg_stat_activity where pid = any($1)`,
      [pids],
    )
    const [row] = rows
    // A pooler in between gives numbers of its own.
    if (!row || row.me !== pidOf(client)) return new Set()
    return new Set(pids).difference(new Set(row.busy))
  } catch {
    // Nothing answers just now, so that nobody can be told from anybody.
    return undefined
  } finally {
    client.connection.stream.destroy()
  }
}

const pidOf = (client: pg.Client): number | undefined =>
  'processID' in client && typeof client.processID === 'number' ? client.processID : undefined
