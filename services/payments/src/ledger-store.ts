import type { Transaction } from '@marquee/kit/sql'
import type { Posting } from './ledger.ts'

/** Writes postings; the same transaction twice is a bug and throws. */
export async function post(tx: Transaction, postings: readonly Posting[]): Promise<void> {
  if (postings.length === 0) return
  await tx.query(
    `insert into postings (reference, kind, account, currency, amount, posted_at)
     select reference, kind, account, currency, amount, clock()
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[])
       as p(reference, kind, account, currency, amount)`,
    [
      postings.map(({ reference }) => reference),
      postings.map(({ kind }) => kind),
      postings.map(({ account }) => account),
      postings.map(({ currency }) => currency),
      postings.map(({ amount }) => amount),
    ],
    { name: 'payments-post' },
  )
}
