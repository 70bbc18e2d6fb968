import type { Database } from '@marquee/kit/sql'
import { type Comparison, compareBooks, type Movement } from './compare-books.ts'
import { countOpen, movementsAt, movementsOnTheWay, unbalancedCurrencies } from './ledger-view.ts'
import type { PaymentProvider } from './provider/provider.ts'

export type LedgerCheck = Comparison & { balanced: boolean; pendingRefunds: number; liveAttempts: number }

/** Compares our ledger with the providers' books, whole, and with itself; what we still wait for is only counted. */
export function createCheckLedger({
  db,
  providers,
}: {
  db: Database
  providers: readonly PaymentProvider[]
}) {
  return async (): Promise<LedgerCheck> => {
    const ours: Movement[] = []
    const theirs: Movement[] = []
    for (const provider of providers) {
      // Ours is read in between: what we have, they had; what they then have more is on its way to us.
      const book = await readOn(provider, { after: 0 })
      // Before ours: what arrives meanwhile is then in both, not in neither.
      const awaited = new Set((await movementsOnTheWay(db, provider.name)).map(nameOf))
      const recorded = await movementsAt(db, provider.name)
      const rest = await readOn(provider, { after: book.at(-1)?.seq ?? 0 })
      const known = new Set(recorded.map(nameOf))
      ours.push(...recorded)
      theirs.push(
        ...book.filter((entry) => known.has(nameOf(entry)) || !awaited.has(nameOf(entry))),
        ...rest.filter((entry) => known.has(nameOf(entry))),
      )
    }
    const comparison = compareBooks(ours, theirs)
    const [unbalanced, open] = await Promise.all([unbalancedCurrencies(db), countOpen(db)])
    const balanced =
      comparison.differences.length === 0 && comparison.missing.length === 0 && unbalanced.length === 0
    return { ...comparison, balanced, ...open }
  }
}

const nameOf = ({ kind, reference }: Pick<Movement, 'kind' | 'reference'>) => `${kind} ${reference}`

async function readOn(provider: PaymentProvider, { after }: { after: number }) {
  const entries: Awaited<ReturnType<PaymentProvider['readBook']>>['entries'] = []
  let seq = after
  for (let more = true; more; ) {
    const page = await provider.readBook(seq)
    entries.push(...page.entries)
    seq = page.entries.at(-1)?.seq ?? seq
    more = page.more
  }
  return entries
}
