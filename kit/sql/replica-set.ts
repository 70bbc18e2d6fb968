import { type Database, openDatabase } from './database.ts'
import { lagOf, type Sample } from './replica-lag.ts'
import { type Member, openMember, type Word } from './replica-member.ts'

export type ReplicaSetOptions = {
  /** The primary, as anybody who may log in. */
  primary: string
  /** One URL a server: what stands for several of them would answer for one and read from another. */
  replicas: readonly string[]
  /** How far behind a replica may be and still answer, in milliseconds; 5,000 unless told. */
  mostLag?: number
  /** How often they are looked at, in milliseconds; 250 unless told. */
  every?: number
  /** After each look. */
  onLook?: (members: readonly Member[]) => void
  onChange?: (change: { replica: string; usable: boolean; reason: string }) => void
}

/** The replicas of one database, and how far each of them is. */
export type ReplicaSet = {
  /** Tells this database from others; a replica has its primary's. */
  system: string
  /** A position of the log that nothing committed so far lies beyond. Errors: those of a query. */
  position(): Promise<bigint>
  /** Those that may answer and have everything up to a position. */
  having(position: bigint): Member[]
  /** Looks at all of them once; otherwise it is done on its own. */
  look(): Promise<void>
  members: readonly Member[]
  stop(): Promise<void>
}

const patience = 1000

/** Opens the replicas of a database and begins to watch them. Errors: `database-unreachable`. */
export async function openReplicaSet(options: ReplicaSetOptions): Promise<ReplicaSet> {
  const { mostLag = 5000, every = 250, onChange, onLook } = options
  const primary = openDatabase({
    url: options.primary,
    poolSize: 2,
    applicationName: 'marquee replicas',
    connectTimeout: patience,
  })
  const members = options.replicas.map((url) => openMember(url, patience))
  let samples: readonly Sample[] = []
  let system = ''
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  try {
    system = await systemOf(primary)
    await look()
  } catch (error) {
    await stop()
    throw error
  }
  next()
  return { system, position: () => positionOf(primary), having, look, members, stop }

  function having(position: bigint): Member[] {
    return members.filter((member) => member.state.usable && member.state.replayed >= position)
  }

  async function look(): Promise<void> {
    const at = performance.now()
    const seen = await within(patience, positionOf(primary)).catch(() => undefined)
    // Without a word from the primary nothing new is known, and what the replicas have stays good.
    if (seen !== undefined)
      samples = [...samples.filter((one) => one.at > at - 2 * mostLag), { at, position: seen }]
    await Promise.all(
      members.map(async (member) => {
        const word = await within(patience, member.ask()).catch(() => undefined)
        judge(member, word)
      }),
    )
    onLook?.(members)
  }

  function judge(member: Member, word: Word | undefined): void {
    const lag = word ? lagOf(samples, word.replayed) : Number.POSITIVE_INFINITY
    const reason = !word
      ? 'it does not answer'
      : !word.inRecovery || word.system !== system
        ? 'it is no replica of this database'
        : lag > mostLag
          ? `it is more than ${mostLag / 1000} s behind`
          : undefined
    const was = member.state
    member.settle({ usable: reason === undefined, replayed: word?.replayed ?? 0n, lag })
    if (was.usable !== (reason === undefined))
      onChange?.({ replica: member.name, usable: reason === undefined, reason: reason ?? 'it is up to date' })
  }

  function next(): void {
    if (stopped) return
    timer = setTimeout(() => void look().then(next, next), every)
    timer.unref()
  }

  async function stop(): Promise<void> {
    stopped = true
    clearTimeout(timer)
    await Promise.all([primary.close(), ...members.map((member) => member.close())])
  }
}

async function positionOf(primary: Database): Promise<bigint> {
  const { rows } = await primary.query<{ at: string }>(
    `select (pg_current_wal_insert_lsn() - '0/0')::text as at`,
    [],
    { name: 'replicas-position' },
  )
  return BigInt(rows[0]?.at ?? '0')
}

async function systemOf(primary: Database): Promise<string> {
  const { rows } = await primary.query<{ system: string }>(
    'select system_identifier::text as system from pg_control_system()',
  )
  return rows[0]?.system ?? ''
}

/** A promise with a deadline; what comes later is let go. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
  }
}
