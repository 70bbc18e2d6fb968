import type { SeatSnapshot, SeatsAt } from './seat-view.ts'
import type { SeatChange } from './show-desk.ts'

export type Board = SeatsAt & { layoutId: string; cancelled: boolean; taken: Set<string>; log: SeatChange[] }
export type SeatBoards = {
  /** What is taken now; undefined for an unknown show. */
  current: (showId: string) => Promise<Board | undefined>
  /** What is known without asking PostgreSQL, for shows somebody looks at. */
  known: (showId: string) => Board | undefined
  /** Takes a committed change, from here or from another process. */
  apply: (change: SeatChange) => void
  /** Reads a show again; what differs becomes one change. */
  refresh: (showId: string) => Promise<void>
}

const longestLog = 500

/**
 * Taken seats by version, in memory, of the shows people look at. A board is only ever moved by a change
 * that starts at its version or by a snapshot, so it equals what PostgreSQL held at that version. Its layout
 * changes with the show's facts, of which no change tells.
 */
export function createSeatBoards(deps: {
  versionOf: (showId: string) => Promise<SeatsAt | undefined>
  snapshotOf: (showId: string) => Promise<SeatSnapshot | undefined>
  moved: (change: SeatChange) => void
  /** Beyond these, what was looked at first is read again; 2,000 unless told. */
  mostBoards?: number
}): SeatBoards {
  const { versionOf, snapshotOf, moved, mostBoards = 2000 } = deps
  const boards = new Map<string, Board>()
  const catchingUp = new Set<string>()

  return { current, known: (showId) => boards.get(showId), apply, refresh }

  async function current(showId: string): Promise<Board | undefined> {
    const board = boards.get(showId)
    const at = board && (await versionOf(showId))
    if (at && at.version === board.version && at.factsVersion === board.factsVersion) return board
    await refresh(showId)
    return boards.get(showId)
  }

  function apply(change: SeatChange): void {
    const board = boards.get(change.showId)
    if (!board) return
    // Signals of two processes that sell the same show may overtake each other.
    if (change.from > board.version) void catchUp(change.showId)
    if (change.from !== board.version) return
    for (const seat of change.taken) board.taken.add(seat)
    for (const seat of change.freed) board.taken.delete(seat)
    board.cancelled ||= change.cancelled ?? false
    note(board, change)
  }

  async function catchUp(showId: string): Promise<void> {
    if (catchingUp.has(showId)) return
    catchingUp.add(showId)
    // What cannot be read now is found by the poll.
    await refresh(showId).catch(() => {})
    catchingUp.delete(showId)
  }

  async function refresh(showId: string): Promise<void> {
    const snapshot = await snapshotOf(showId)
    if (!snapshot) return
    const { version, factsVersion, layoutId, cancelled } = snapshot
    const taken = new Set(snapshot.taken)
    const board = boards.get(showId)
    if (!board) {
      const oldest = boards.size >= mostBoards ? boards.keys().next().value : undefined
      if (oldest !== undefined) boards.delete(oldest)
      boards.set(showId, { version, factsVersion, layoutId, cancelled, taken, log: [] })
      // Somebody may have watched it when it was forgotten.
      moved({ showId, from: version, version, taken: [], freed: [] })
      return
    }
    if (factsVersion > board.factsVersion) {
      board.factsVersion = factsVersion
      board.layoutId = layoutId
    }
    board.cancelled ||= cancelled
    if (version <= board.version) return
    const change = {
      showId,
      from: board.version,
      version,
      taken: [...taken.difference(board.taken)],
      freed: [...board.taken.difference(taken)],
    }
    board.taken = taken
    note(board, change)
  }

  function note(board: Board, change: SeatChange): void {
    board.version = change.version
    board.log.push(change)
    if (board.log.length > longestLog) board.log.shift()
    moved(change)
  }
}

/** Said only of a show that is cancelled: nothing more of it will be sold. */
export const ifCancelled = ({ cancelled }: Board): { cancelled?: true } => (cancelled ? { cancelled } : {})

/** The net change since a version, or undefined when it is not remembered. */
export function changeSince(board: Board, since: number): Omit<SeatChange, 'showId'> | undefined {
  if (since === board.version)
    return { from: since, version: since, taken: [], freed: [], ...ifCancelled(board) }
  const start = board.log.findIndex(({ from }) => from === since)
  if (start === -1) return undefined
  const taken = new Set<string>()
  const freed = new Set<string>()
  for (const change of board.log.slice(start)) {
    for (const seat of change.taken) if (!freed.delete(seat)) taken.add(seat)
    for (const seat of change.freed) if (!taken.delete(seat)) freed.add(seat)
  }
  return { from: since, version: board.version, taken: [...taken], freed: [...freed], ...ifCancelled(board) }
}
