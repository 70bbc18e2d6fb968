import { type Caller, noteSeen, readSeen, seenAt, seenUnknown } from '../contract/index.ts'
import { type Database, openReplicaReads, type Reading, type ReplicaSet } from '../sql/index.ts'
import type { Metrics } from '../telemetry/index.ts'

/** Where lists and pages read from. */
export type Reads = {
  /**
   * For somebody: a replica that has all they saw and changed, or else the primary. Not for what is decided by, and
   * not for what is kept for others: a caller that fills a cache brings no mark, and is read for on the primary.
   */
  for(caller: Caller): Reading
}

export type Replicas = {
  set: ReplicaSet
  /** A replica's URL as the service's own role. */
  urlOf: (replica: string) => string
}

export type OpenReads = {
  service: string
  db: Database
  /** Undefined where there are none: everything is read from the primary, as ever. */
  replicas: Replicas | undefined
  poolSize: number
  metrics: Metrics
  /** Holds reading to reading also where there are no replicas; for tests. */
  strict?: boolean
}

export type OpenedReads = {
  reads: Reads
  /** How far the database is now, for whoever changed something; undefined where nobody asks. */
  position: (() => Promise<string>) | undefined
  close(): Promise<void>
}

/** Opens one service's way to the replicas of its database. */
export function openReads({ service, db, replicas, poolSize, metrics, strict }: OpenReads): OpenedReads {
  if (!replicas) {
    const held: Reading = {
      query: (text, values, more) => db.transaction((tx) => tx.query(text, values, more), { readOnly: true }),
    }
    const reading: Reading = strict ? held : db
    return { reads: { for: () => reading }, position: undefined, close: async () => {} }
  }
  const { set, urlOf } = replicas
  const counted = metrics.counter('marquee_reads_total', 'Reads that a replica may answer, by who did', [
    'place',
  ])
  const opened = openReplicaReads({
    set,
    primary: db,
    urlOf,
    poolSize,
    applicationName: `marquee ${service} reads`,
    onRead: (place) => counted.inc({ place }),
  })
  const position = () => set.position().then((at) => seenAt(set.system, at))
  const marking: Reading = {
    async query(text, values, more) {
      const found = await opened.primary.query(text, values, more)
      // Later than all they ever changed: with it, their next reads need not come here.
      noteSeen(await position().catch(() => undefined))
      return found as never
    },
  }
  return {
    reads: {
      for({ kind, seen }) {
        const known = seen === undefined ? undefined : readSeen(seen)
        if (known) return opened.upTo(known.get(set.system) ?? 0n)
        return kind === 'user' ? marking : opened.primary
      },
    },
    // What was changed is changed, also when the primary is lost just now.
    position: () => position().catch(() => seenUnknown),
    close: opened.close,
  }
}
