import type { Database } from '../sql/index.ts'
import { outboxColumns } from './outbox.ts'

const columns = `position, ${outboxColumns}, occurred_at`

/**
 * Puts back into the outbox what was handed to a broker whose memory was another one; says how many events. What a group
 * applied already it knows by its id.
 */
export async function sendAgainIfForgotten(db: Database, memory: string): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<{ before: string | null }>(
      `insert into relayed_to as known (memory) values ($1)
       on conflict (one) do update set memory = excluded.memory where known.memory <> excluded.memory
       returning old.memory as before`,
      [memory],
    )
    if (!rows[0]?.before) return 0
    const { rowCount } = await tx.query(
      `with again as (delete from relayed returning ${columns})
       insert into outbox (${columns}) overriding system value select ${columns} from again`,
    )
    return rowCount
  })
}

/** Forgets what was relayed so long ago that it must have arrived; says how many. */
export async function forgetRelayed(db: Database, hours = 24): Promise<number> {
  const { rowCount } = await db.query(
    'delete from relayed where relayed_at < clock_timestamp() - make_interval(hours => $1)',
    [hours],
  )
  return rowCount
}
