import { randomBytes } from 'node:crypto'
import type { Database } from '@marquee/kit/sql'

type Kind = 'ticket' | 'order-secret'

/** Keys of a kind, the newest first; makes one when there is none. A new row rotates: older ones go on verifying. */
export async function loadKeys(db: Database, kind: Kind, id: (seed: Buffer) => string): Promise<Buffer[]> {
  const found = await read(db, kind)
  if (found.length > 0) return found
  const seed = randomBytes(32)
  await db.query(
    `insert into keys (id, kind, seed) select $1, $2, $3 where not exists (select from keys where kind = $2)`,
    [id(seed), kind, seed],
  )
  return read(db, kind)
}

async function read(db: Database, kind: Kind): Promise<Buffer[]> {
  const { rows } = await db.query<{ seed: Buffer }>(
    `select seed from keys where kind = $1 order by created_at desc, id`,
    [kind],
  )
  return rows.map(({ seed }) => seed)
}
