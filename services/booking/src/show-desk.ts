import type { Database, Transaction } from '@marquee/kit/sql'
import { type Claim, type Claims, createClaims } from './house/claims.ts'
import type { SellableShow } from './sellable-show.ts'
import type { ShowLibrary } from './show-library.ts'
import { bumpVersions, lockShows, readClaims } from './show-store.ts'
import { createTurns } from './turns.ts'

/** A show locked by the current transaction, with its claims as they stand. */
export type OpenShow = {
  id: string
  version: number
  sellable: SellableShow
  cancelled: boolean
  open: { online: boolean; counter: boolean }
  /** PostgreSQL's clock in milliseconds. */
  now: number
  claims: Claims
  /** Notes what SQL writes to a claim; the version goes up with the commit. */
  write: (seat: number, claim: Claim | undefined) => void
  writeSeat: (seatId: string, claim: Claim | undefined) => void
}
export type OpenShows = ReadonlyMap<string, OpenShow>
/** What one commit did to the list of taken seats, or that it cancelled the show; a pure function of the version. */
export type SeatChange = {
  showId: string
  from: number
  version: number
  taken: string[]
  freed: string[]
  cancelled?: true | undefined
}

export type ShowDesk = {
  /** Runs `work` with these shows locked in id order; commits; then tells the watchers. */
  change: <Result>(showIds: readonly string[], work: Work<Result>) => Promise<Result>
  /** The same inside a transaction somebody else commits. */
  changeIn: <Result>(tx: Transaction, showIds: readonly string[], work: Work<Result>) => Promise<Result>
}
type Work<Result> = (tx: Transaction, shows: OpenShows) => Promise<Result>

type Kept = { version: number; factsVersion: number; claims: Claims }
type Opened = { show: OpenShow; factsVersion: number; before: Map<number, boolean> }

// Claims of a show are a few kilobytes; shows beyond this many are read again.
const mostShowsKept = 2000

/**
 * The only way to change claims. It keeps each show's claims in memory by version: since every change
 * bumps the version under the lock, a locked row with the version we know means claims we know.
 * Claims are taken out while a transaction works on them, so a failed one leaves nothing behind.
 */
export function createShowDesk(deps: {
  db: Database
  library: ShowLibrary
  announce: (changes: SeatChange[]) => void
}): ShowDesk {
  const { db, library, announce } = deps
  const kept = new Map<string, Kept>()
  const inTurn = createTurns()

  return { change, changeIn }

  function change<Result>(showIds: readonly string[], work: Work<Result>): Promise<Result> {
    // Waiting here rather than for PostgreSQL's lock keeps connections free and finds the claims put back.
    return inTurn(showIds, () =>
      db.transaction((tx) => changeWith(tx, showIds, work, async (ids) => tx.atCommit(...bumpVersions(ids)))),
    )
  }

  function changeIn<Result>(tx: Transaction, showIds: readonly string[], work: Work<Result>) {
    // Whoever owns the transaction may open the show again before it ends, and must find the new version.
    return changeWith(tx, showIds, work, async (ids) => void (await tx.query(...bumpVersions(ids))))
  }

  async function changeWith<Result>(
    tx: Transaction,
    showIds: readonly string[],
    work: Work<Result>,
    bump: (ids: string[]) => Promise<void>,
  ) {
    const opened = await open(tx, showIds)
    const result = await work(tx, new Map([...opened].map(([id, { show }]) => [id, show])))
    const changed = [...opened.values()].filter(({ before }) => before.size > 0)
    if (changed.length > 0) await bump(changed.map(({ show }) => show.id))
    tx.afterCommit(() => settle([...opened.values()]))
    return result
  }

  async function open(tx: Transaction, showIds: readonly string[]): Promise<Map<string, Opened>> {
    const rows = await lockShows(tx, [...new Set(showIds)])
    const sellables = await library.load(tx, rows)
    const strange: string[] = []
    const claimsOf = new Map<string, Claims>()
    for (const row of rows) {
      const known = kept.get(row.id)
      kept.delete(row.id)
      if (known && known.version === row.version && known.factsVersion === row.factsVersion)
        claimsOf.set(row.id, known.claims)
      else strange.push(row.id)
    }
    if (strange.length > 0)
      for (const [id, claims] of await readClaims(tx, strange, sellables)) claimsOf.set(id, claims)
    const opened = new Map<string, Opened>()
    for (const row of rows) {
      const sellable = sellables.get(row.id)
      if (!sellable) continue
      opened.set(row.id, openShow(row, sellable, claimsOf.get(row.id) ?? createClaims()))
    }
    return opened
  }

  function openShow(
    row: Awaited<ReturnType<typeof lockShows>>[number],
    sellable: SellableShow,
    claims: Claims,
  ): Opened {
    const before = new Map<number, boolean>()
    const write = (seat: number, claim: Claim | undefined) => {
      if (!before.has(seat)) before.set(seat, claims.get(seat) !== undefined)
      claims.set(seat, claim)
    }
    const writeSeat = (seatId: string, claim: Claim | undefined) =>
      write(sellable.plan.indexOf.get(seatId) ?? -1, claim)
    const { id, version, factsVersion, cancelled, online, counter, now } = row
    const show = {
      id,
      version,
      sellable,
      cancelled,
      open: { online, counter },
      now,
      claims,
      write,
      writeSeat,
    }
    return { show, factsVersion, before }
  }

  function settle(opened: Opened[]): void {
    const changes: SeatChange[] = []
    for (const { show, factsVersion, before } of opened) {
      const version = before.size > 0 ? show.version + 1 : show.version
      keep(show.id, { version, factsVersion, claims: show.claims })
      if (before.size > 0) changes.push(changeOf(show, before))
    }
    if (changes.length > 0) announce(changes)
  }

  function keep(id: string, entry: Kept): void {
    const known = kept.get(id)
    // Another transaction may have put a later state back before our commit was heard of.
    if (known && known.version >= entry.version) return
    kept.set(id, entry)
    const oldest = kept.size > mostShowsKept ? kept.keys().next().value : undefined
    if (oldest !== undefined) kept.delete(oldest)
  }
}

function changeOf({ id, version, claims, sellable }: OpenShow, before: Map<number, boolean>): SeatChange {
  const taken: string[] = []
  const freed: string[] = []
  for (const [seat, wasTaken] of before) {
    const isTaken = claims.get(seat) !== undefined
    const seatId = sellable.plan.seats[seat]?.id
    if (seatId === undefined || isTaken === wasTaken) continue
    if (isTaken) taken.push(seatId)
    else freed.push(seatId)
  }
  return { showId: id, from: version, version: version + 1, taken, freed }
}
