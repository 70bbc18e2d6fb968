import type { Queryable } from '@marquee/kit/sql'

export type Recorded = { reference: string; kind: 'capture' | 'refund'; amount: number; currency: string }

/** What our ledger says moved at a provider. */
export async function movementsAt(db: Queryable, provider: string): Promise<Recorded[]> {
  const { rows } = await db.query<Recorded>(
    `select reference, case kind when 'capture' then 'capture' else 'refund' end as kind, abs(amount) as amount, currency
     from postings where account = 'provider:' || $1`,
    [provider],
  )
  return rows
}

/** Currencies in which the whole ledger does not sum to zero. */
export async function unbalancedCurrencies(db: Queryable): Promise<string[]> {
  const { rows } = await db.query<{ currency: string }>(
    'select currency from postings group by currency having sum(amount) <> 0',
  )
  return rows.map(({ currency }) => currency)
}

export async function countOpen(db: Queryable): Promise<{ pendingRefunds: number; liveAttempts: number }> {
  const { rows } = await db.query<{ pendingRefunds: number; liveAttempts: number }>(
    `select (select count(*) from refunds where status = 'pending') as "pendingRefunds",
            (select count(*) from attempts where status in ('started', 'pending')) as "liveAttempts"`,
  )
  return rows[0] ?? { pendingRefunds: 0, liveAttempts: 0 }
}
