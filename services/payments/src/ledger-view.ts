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

/** What we still wait for at a provider: it may have moved there without our having heard of it. */
export async function movementsOnTheWay(
  db: Queryable,
  provider: string,
): Promise<Pick<Recorded, 'reference' | 'kind'>[]> {
  const { rows } = await db.query<Pick<Recorded, 'reference' | 'kind'>>(
    `select id as reference, 'capture' as kind from attempts
      where provider = $1 and status in ('started', 'pending')
     union all
     select r.id, 'refund' from refunds r join attempts a on a.id = r.attempt_id
      where a.provider = $1 and r.status = 'pending'`,
    [provider],
  )
  return rows
}

/** Those among refunds that our ledger says were paid. */
export async function findPaid(db: Queryable, refundIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ reference: string }>(
    `select distinct reference from postings where reference = any($1::uuid[]) and kind = 'refund-paid'`,
    [refundIds],
  )
  return new Set(rows.map(({ reference }) => reference))
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
