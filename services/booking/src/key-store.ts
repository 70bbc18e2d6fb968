import { randomBytes } from 'node:crypto'
import type { Database, Queryable } from '@marquee/kit/sql'

export type Keys<Key> = {
  /** The newest first. */
  all: () => readonly Key[]
  newest: () => Key
  /** Reads what was added since. For who meets what none of them made; false when they were read again just before. */
  readAgain: () => Promise<boolean>
}

type Deps = { db: Database; now: () => Temporal.Instant }
type Kind = 'ticket' | 'order-secret'
type Of<Key> = { kind: Kind; idOf: (seed: Buffer) => string; keyOf: (seed: Buffer) => Key }

// Anybody may come with a strange code.
const restMs = 5000

/** Keys of a kind; makes one when there is none. A new row rotates: older ones go on verifying. */
export async function openKeys<Key>({ db, now }: Deps, { kind, idOf, keyOf }: Of<Key>): Promise<Keys<Key>> {
  let keys = (await readOrMake(db, kind, idOf)).map(keyOf)
  let reading: Promise<void> | undefined
  let rested = Number.NEGATIVE_INFINITY

  return {
    all: () => keys,
    newest() {
      const [key] = keys
      if (key === undefined) throw new Error(`there is no ${kind} key`)
      return key
    },
    async readAgain() {
      if (!reading && now().epochMilliseconds < rested) return false
      reading ??= read(db, kind)
        .then((seeds) => {
          keys = seeds.map(keyOf)
          rested = now().epochMilliseconds + restMs
        })
        .finally(() => {
          reading = undefined
        })
      await reading
      return true
    },
  }
}

async function readOrMake(db: Database, kind: Kind, idOf: (seed: Buffer) => string): Promise<Buffer[]> {
  const found = await read(db, kind)
  if (found.length > 0) return found
  return db.transaction(async (tx) => {
    // Processes that start together make one key; who comes second reads it.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`booking keys ${kind}`])
    const seed = randomBytes(32)
    await tx.query(
      `insert into keys (id, kind, seed) select $1, $2, $3 where not exists (select from keys where kind = $2)`,
      [idOf(seed), kind, seed],
    )
    return read(tx, kind)
  })
}

async function read(db: Queryable, kind: Kind): Promise<Buffer[]> {
  const { rows } = await db.query<{ seed: Buffer }>(
    `select seed from keys where kind = $1 order by created_at desc, id`,
    [kind],
  )
  return rows.map(({ seed }) => seed)
}
