import { type Database, openDatabase, type QueryOptions, type Rows } from './database.ts'
import { assertOutsideTransaction } from './inside-transaction.ts'
import type { Reading } from './reading.ts'
import type { Member } from './replica-member.ts'
import type { ReplicaSet } from './replica-set.ts'
import { isSqlError } from './sql-error.ts'

export type ReplicaReadsOptions = {
  set: ReplicaSet
  /** The service's own database, where what no replica can answer is asked. */
  primary: Database
  /** A replica's URL as the service's own role. */
  urlOf: (replica: string) => string
  /** Connections to each replica; 6 unless told. */
  poolSize?: number
  applicationName?: string
  onRead?: (place: 'primary' | 'replica') => void
}

export type ReplicaReads = {
  /** Reads where everything up to this position is: a replica, or else the primary. */
  upTo(position: bigint): Reading
  primary: Reading
  close(): Promise<void>
}

/** One service's way to the replicas of its database. A question that a replica does not answer goes to the primary. */
export function openReplicaReads(options: ReplicaReadsOptions): ReplicaReads {
  const { set, onRead } = options
  const pools = new Map<Member, Database>(set.members.map((member) => [member, open(member)]))
  let turn = 0

  const primary: Reading = {
    query(text, values, more) {
      onRead?.('primary')
      // Read only there as well, or a mistake would show on replicas alone.
      return options.primary.transaction((tx) => tx.query(text, values, more), { readOnly: true })
    },
  }
  return {
    primary,
    upTo: (position) => ({
      async query<Row extends object>(text: string, values?: readonly unknown[], more?: QueryOptions) {
        assertOutsideTransaction('a read from a replica')
        const member = pick(set.having(position))
        const found = member && (await ask<Row>(member, text, values, more))
        return found ?? primary.query<Row>(text as 'select', values, more)
      },
    }),
    close: async () => void (await Promise.all([...pools.values()].map((pool) => pool.close()))),
  }

  async function ask<Row extends object>(
    member: Member,
    text: string,
    values?: readonly unknown[],
    more?: QueryOptions,
  ): Promise<Rows<Row> | undefined> {
    const pool = pools.get(member)
    if (!pool) return undefined
    try {
      const found = await member.while(() => pool.query<Row>(text, values, more))
      onRead?.('replica')
      return found
    } catch (error) {
      // Whatever it is (gone, a conflict with what it replays, a column it has not got yet), the primary knows better.
      if (!isSqlError(error) && !member.state.usable) renew(member, pool)
      // Busy is not gone.
      if (isSqlError(error) && pool.stats().open < pool.stats().size) member.setAside()
      return undefined
    }
  }

  /** The least busy; in turn among equals. */
  function pick(members: readonly Member[]): Member | undefined {
    turn += 1
    const from = members
      .map((_, at) => members[(at + turn) % members.length])
      .filter((one) => one !== undefined)
    return from.toSorted((a, b) => a.pending() - b.pending())[0]
  }

  function open(member: Member): Database {
    return openDatabase({
      url: options.urlOf(member.url),
      poolSize: options.poolSize ?? 6,
      applicationName: options.applicationName ?? 'marquee reads',
      connectTimeout: 1000,
    })
  }

  // A connection that hangs stays with the old pool, which ends when the connection does.
  function renew(member: Member, pool: Database): void {
    if (pools.get(member) !== pool) return
    void pool.close()
    pools.set(member, open(member))
  }
}
