import { type Database, uniqueViolation } from '@marquee/kit/sql'
import type { Idempotency } from './order-store.ts'
import { findRequest, type Remembered } from './request-store.ts'

/** What makes an order is asked of none. */
type Asked = { orderId?: string | undefined; idempotency?: Idempotency | undefined }
type Keyed = Asked & { orderId: string }
export type KeyRefusal = { ok: false; code: 'idempotency-key-reused' | 'request-in-progress' }
type First = { orderId: string | undefined; bodyHash: string }
export type Done = { ok: true; done: Remembered }

/** Refuses what is asked with a key while this process still works on the key. */
export function createKeysInUse() {
  const inUse = new Map<string, First>()

  return async <Result>(
    { orderId, idempotency }: Asked,
    work: () => Promise<Result>,
  ): Promise<Result | KeyRefusal> => {
    if (!idempotency) return work()
    const name = `${idempotency.scope} ${idempotency.key}`
    const other = inUse.get(name)
    if (other) return reused(other, { orderId, idempotency }) ?? { ok: false, code: 'request-in-progress' }
    inUse.set(name, { orderId, bodyHash: idempotency.bodyHash })
    try {
      return await work()
    } finally {
      inUse.delete(name)
    }
  }
}

/** Writes what a key asks for, or tells what was done under it, by whichever process and however lately. */
export async function writeOnce<Result extends { ok: boolean }>(
  db: Database,
  keyed: Keyed,
  write: () => Promise<Result>,
): Promise<Result | Done | KeyRefusal> {
  const before = await judge(db, keyed)
  if (before) return before
  try {
    const result = await write()
    // The same request elsewhere may just have done what is refused here.
    return result.ok ? result : ((await judge(db, keyed)) ?? result)
  } catch (error) {
    const winner = uniqueViolation(error) === 'requests_pkey' ? await judge(db, keyed) : undefined
    if (!winner) throw error
    return winner
  }
}

async function judge(db: Database, { orderId, idempotency }: Keyed): Promise<Done | KeyRefusal | undefined> {
  const done = idempotency && (await findRequest(db, idempotency))
  return done && (reused(done, { orderId, idempotency }) ?? { ok: true, done })
}

function reused(
  first: First,
  { orderId, idempotency }: { orderId: string | undefined; idempotency: Idempotency },
): KeyRefusal | undefined {
  if (first.orderId === orderId && first.bodyHash === idempotency.bodyHash) return undefined
  return { ok: false, code: 'idempotency-key-reused' }
}
