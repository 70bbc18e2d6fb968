import type { Live } from '@marquee/kit/live'
import type { Database } from '@marquee/kit/sql'
import { z } from 'zod'
import { createLoader } from './loader.ts'
import { createSeatBoards, type SeatBoards } from './seat-board.ts'
import { readSnapshot, readVersions } from './seat-view.ts'
import { createSeatWatch, type SeatWatch } from './seat-watch.ts'
import type { SeatChange } from './show-desk.ts'

const SignalledChange = z.object({
  showId: z.string(),
  from: z.int(),
  version: z.int(),
  taken: z.array(z.string()),
  freed: z.array(z.string()),
  cancelled: z.literal(true).optional(),
})

export type SeatFeed = {
  boards: SeatBoards
  watch: SeatWatch
  /** Tells this process and the others what a commit changed. */
  announce: (changes: readonly SeatChange[]) => void
  stop: () => void
}

/** What is taken, told to whoever looks: changes made here at once, others by signal or by the poll. */
export function createSeatFeed(deps: { db: Database; live: Live; now: () => Temporal.Instant }): SeatFeed {
  const { db, live, now } = deps
  const versionOf = createLoader((ids) => readVersions(db, ids))
  const boards = createSeatBoards({
    versionOf,
    snapshotOf: (showId) => readSnapshot(db, showId),
    moved: ({ showId }) => watch.moved(showId),
  })
  const watch: SeatWatch = createSeatWatch({ boards, versionOf, milliseconds: () => now().epochMilliseconds })
  const unsubscribe = live.subscribe('seats.*', (payload) => {
    const change = SignalledChange.safeParse(payload)
    if (change.success) boards.apply(change.data)
  })

  return { boards, watch, announce, stop }

  function announce(changes: readonly SeatChange[]): void {
    for (const change of changes) {
      boards.apply(change)
      live.signal(`seats.${change.showId}`, change)
    }
  }

  function stop(): void {
    unsubscribe()
    watch.stop()
  }
}
