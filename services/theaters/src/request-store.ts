import { createHash } from 'node:crypto'
import type { Idempotency } from '@marquee/kit/contract'
import type { Queryable } from '@marquee/kit/sql'

type Table = 'theaters' | 'price_cards'
type Made = { id: string; request_hash: string }

// A print of it: the scope names who asked, whom nothing here must name once they erased their account.
const keyOf = ({ scope, key }: Idempotency): string =>
  createHash('sha256').update(`${scope}:${key}`).digest('base64url')

/** What an insert says of the request: key and body, or nulls. */
export const requestValues = (request: Idempotency | undefined) =>
  request ? [keyOf(request), request.bodyHash] : [null, null]

/** Requests that carried a key, kept in the rows that they made. */
export const requestStore = {
  /** Keys count for a day; an older one is free again. */
  async forgetOld(tx: Queryable, table: Table, request: Idempotency): Promise<void> {
    await tx.query(
      `update ${table} set request_key = null, request_hash = null, requested_at = null
       where request_key = $1 and requested_at <= clock() - interval '1 day'`,
      [keyOf(request)],
    )
  },

  async made(tx: Queryable, table: Table, request: Idempotency): Promise<Made | undefined> {
    const { rows } = await tx.query<Made>(`select id, request_hash from ${table} where request_key = $1`, [
      keyOf(request),
    ])
    return rows[0]
  },
}
