import type { Queryable, Transaction } from '@marquee/kit/sql'
import type { JWK } from 'jose'

export type KeyRow = {
  id: string
  private_key: JWK
  public_key: JWK
  /** Announced long enough that every gateway knows it. */
  announced: boolean
}

/** Minutes a key is shown before it signs: instances look every minute, and a copy of the keys is kept for one. */
const announceMinutes = 5
// The longest life of a token, and a quarter of an hour for an instance that is late to sign with the successor.
const tokenMinutes = 75

/** Those that rotate keys go one after the other. */
export async function lockKeys(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('identity.signing-keys', 0))")
}

/** Newest first. */
export async function readKeys(on: Queryable): Promise<KeyRow[]> {
  const { rows } = await on.query<KeyRow>(
    `select id, private_key, public_key, created_at <= clock() - make_interval(mins => $1) as announced
       from signing_keys order by created_at desc, id`,
    [announceMinutes],
  )
  return rows
}

export async function hasYoungKey(tx: Transaction, days: number): Promise<boolean> {
  const { rows } = await tx.query(
    'select 1 from signing_keys where created_at > clock() - make_interval(days => $1) limit 1',
    [days],
  )
  return rows.length > 0
}

export async function insertKey(
  tx: Transaction,
  key: { id: string; privateKey: JWK; publicKey: JWK },
): Promise<void> {
  await tx.query(
    'insert into signing_keys (id, private_key, public_key, created_at) values ($1, $2, $3, clock())',
    [key.id, JSON.stringify(key.privateKey), JSON.stringify(key.publicKey)],
  )
}

/** Those whose successor has signed for longer than a token lives. */
export async function forgetKeys(tx: Transaction): Promise<void> {
  await tx.query(
    `delete from signing_keys k where exists (
       select 1 from signing_keys n where n.created_at > k.created_at and n.created_at < clock() - make_interval(mins => $1))`,
    [announceMinutes + tokenMinutes],
  )
}
