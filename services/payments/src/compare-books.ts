/** One movement of money, as somebody recorded it. */
export type Movement = { reference: string; kind: 'capture' | 'refund'; amount: number; currency: string }

export type Comparison = {
  /** Currencies in which the totals differ, in minor units: captures less refunds. */
  differences: { currency: string; ours: number; theirs: number }[]
  /** Movements that one side does not have, or has with another amount. */
  missing: { reference: string; side: 'ours' | 'theirs'; detail: string }[]
  captures: number
  refunds: number
}

/** Compares two records of the same movements. `side` names who lacks it. */
export function compareBooks(ours: readonly Movement[], theirs: readonly Movement[]): Comparison {
  const [totalsOurs, totalsTheirs] = [totals(ours), totals(theirs)]
  const currencies = new Set([...totalsOurs.keys(), ...totalsTheirs.keys()])
  const differences = [...currencies]
    .map((currency) => ({
      currency,
      ours: totalsOurs.get(currency) ?? 0,
      theirs: totalsTheirs.get(currency) ?? 0,
    }))
    .filter((total) => total.ours !== total.theirs)
  return {
    differences,
    missing: [...lacking('ours', ours, theirs), ...lacking('theirs', theirs, ours)],
    captures: ours.filter(({ kind }) => kind === 'capture').length,
    refunds: ours.filter(({ kind }) => kind === 'refund').length,
  }
}

function totals(movements: readonly Movement[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { currency, kind, amount } of movements)
    sums.set(currency, (sums.get(currency) ?? 0) + (kind === 'capture' ? amount : -amount))
  return sums
}

function lacking(
  side: 'ours' | 'theirs',
  has: readonly Movement[],
  other: readonly Movement[],
): Comparison['missing'] {
  const left = new Map<string, number>()
  for (const movement of has) left.set(keyOf(movement), (left.get(keyOf(movement)) ?? 0) + 1)
  const missing: Comparison['missing'] = []
  for (const movement of other) {
    const count = left.get(keyOf(movement)) ?? 0
    left.set(keyOf(movement), count - 1)
    const { kind, amount, currency, reference } = movement
    if (count <= 0) missing.push({ reference, side, detail: `${kind} of ${amount} ${currency}` })
  }
  return missing
}

const keyOf = ({ kind, reference, amount, currency }: Movement) =>
  `${kind} ${reference} ${amount} ${currency}`
