export type ClaimState = 'held' | 'paying' | 'sold'
export type Claim = {
  orderId: string
  state: ClaimState
  /** Milliseconds since 1970 by PostgreSQL's clock; only a held claim ends. */
  expiresAt: number
  /** Who counts for the cap on unpaid seats: a person and a network; empty when nobody does. */
  holder: string
  network: string
}

/** The claims of one show by seat index. */
export type Claims = {
  get: (seat: number) => Claim | undefined
  set: (seat: number, claim: Claim | undefined) => void
  /** Seats that this person or network holds or is paying for. */
  unpaidOf: (key: string, now: number) => number
}

export function isOver(claim: Claim, now: number): boolean {
  return claim.state === 'held' && claim.expiresAt <= now
}

export function createClaims(): Claims {
  const bySeat: (Claim | undefined)[] = []
  const seatsOf = new Map<string, Set<number>>()

  return { get: (seat) => bySeat[seat], set, unpaidOf }

  function set(seat: number, claim: Claim | undefined): void {
    const before = bySeat[seat]
    if (before && before.state !== 'sold') for (const key of keysOf(before)) drop(key, seat)
    if (claim && claim.state !== 'sold')
      for (const key of keysOf(claim)) seatsOf.getOrInsertComputed(key, () => new Set()).add(seat)
    bySeat[seat] = claim
  }

  function drop(key: string, seat: number): void {
    const seats = seatsOf.get(key)
    seats?.delete(seat)
    if (seats?.size === 0) seatsOf.delete(key)
  }

  function unpaidOf(key: string, now: number): number {
    let count = 0
    for (const seat of seatsOf.get(key) ?? []) {
      const claim = bySeat[seat]
      if (claim && !isOver(claim, now)) count += 1
    }
    return count
  }
}

function keysOf({ holder, network }: Claim): string[] {
  return [holder, network].filter((key) => key !== '')
}
