import { type Database, openDatabase } from './database.ts'

/** What a replica says of itself. */
export type Word = { replayed: bigint; inRecovery: boolean; system: string }
export type MemberState = {
  usable: boolean
  /** Everything before this position of the primary's log is there. */
  replayed: bigint
  /** Milliseconds. */
  lag: number
}

export type Member = {
  /** Host and port. */
  name: string
  url: string
  state: MemberState
  ask(): Promise<Word>
  settle(state: MemberState): void
  /** Takes it out until it is looked at again; what is asked of it is given up. */
  setAside(): void
  /** Runs work that is given up the moment the replica is taken out. */
  while<T>(work: () => Promise<T>): Promise<T>
  pending(): number
  close(): Promise<void>
}

const unknown: MemberState = { usable: false, replayed: 0n, lag: Number.POSITIVE_INFINITY }

/** Opens what watches one replica. */
export function openMember(url: string, patience: number): Member {
  const open = () =>
    openDatabase({
      url,
      poolSize: 1,
      applicationName: 'marquee replicas',
      connectTimeout: patience,
      // Started again it may be further back than it was: not to be believed before it is asked anew.
      onIdleError: () => member.setAside(),
    })
  const givingUp = new Set<(error: Error) => void>()
  let db: Database = open()
  let pending = 0

  const member: Member = {
    name: nameOf(url),
    url,
    state: unknown,
    async ask() {
      try {
        const { rows } = await db.query<{ replayed: string; inRecovery: boolean; system: string }>(
          `select coalesce(pg_last_wal_replay_lsn() - '0/0', 0)::text as replayed,
                  pg_is_in_recovery() as "inRecovery", system_identifier::text as system
             from pg_control_system()`,
          [],
          { name: 'replicas-ask' },
        )
        const [row] = rows
        if (!row) throw new Error('a query for one row gave none')
        return { ...row, replayed: BigInt(row.replayed) }
      } catch (error) {
        member.setAside()
        throw error
      }
    },
    settle(state) {
      if (!state.usable) member.setAside()
      member.state = state
      if (!hangs()) return
      // The next question would wait behind the one that is not answered.
      void db.close()
      db = open()
    },
    setAside() {
      member.state = { ...member.state, usable: false }
      for (const giveUp of givingUp) giveUp(new Error(`${member.name} was set aside`))
      givingUp.clear()
    },
    async while(work) {
      const { promise, reject } = Promise.withResolvers<never>()
      givingUp.add(reject)
      pending += 1
      try {
        return await Promise.race([work(), promise])
      } finally {
        pending -= 1
        givingUp.delete(reject)
      }
    },
    pending: () => pending,
    async close() {
      member.setAside()
      if (hangs()) void db.close()
      else await db.close()
    },
  }
  return member

  function hangs(): boolean {
    const { open: connections, idle } = db.stats()
    return connections > idle
  }
}

function nameOf(url: string): string {
  const { host, searchParams } = new URL(url)
  const socket = searchParams.get('host')
  return socket ? `${socket}:${searchParams.get('port') ?? 5432}` : host
}
