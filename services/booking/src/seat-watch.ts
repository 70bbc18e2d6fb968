import { eachOnItsOwn } from './each-on-its-own.ts'
import { type Board, changeSince, ifCancelled, type SeatBoards } from './seat-board.ts'
import type { SeatsAt } from './seat-view.ts'

type Watcher = {
  send: (text: string) => void
  /** False while the client reads more slowly than we write. */
  keepsUp: () => boolean
}
export type SeatWatch = {
  watch: (showId: string, watcher: Watcher, since?: number) => Promise<(() => void) | undefined>
  /** The board of a show moved; a frame follows, at most one in 100 ms. */
  moved: (showId: string) => void
  /** Looks for signals that got lost, and for clients that keep up again. */
  poll: () => Promise<void>
  watchers: () => number
  stop: () => void
}

const frameMilliseconds = 100

type Watched = {
  sent: number
  watchers: Map<Watcher, { behind: boolean }>
  timer: NodeJS.Timeout | undefined
  sentAt: number
}

/** Tells everybody who looks at a show what changed: serialised once a frame for all of them. */
export function createSeatWatch(deps: {
  boards: SeatBoards
  versionOf: (showId: string) => Promise<SeatsAt | undefined>
  milliseconds: () => number
}): SeatWatch {
  const { boards, versionOf, milliseconds } = deps
  const shows = new Map<string, Watched>()

  return { watch, moved, poll, watchers, stop }

  async function watch(showId: string, watcher: Watcher, since?: number) {
    const board = await boards.current(showId)
    if (!board) return undefined
    const watched = shows.getOrInsertComputed(showId, () => ({
      sent: board.version,
      watchers: new Map(),
      timer: undefined,
      sentAt: 0,
    }))
    // Everybody continues from the last frame, so those who come between two frames are brought there first.
    if (watched.sent !== board.version) frame(showId, watched)
    const missed = since === undefined ? undefined : changeSince(board, since)
    watcher.send(missed ? seatsMessage(missed) : snapshotMessage(board))
    watched.watchers.set(watcher, { behind: false })
    return () => {
      watched.watchers.delete(watcher)
      if (watched.watchers.size > 0 || shows.get(showId) !== watched) return
      clearTimeout(watched.timer)
      shows.delete(showId)
    }
  }

  function moved(showId: string): void {
    const watched = shows.get(showId)
    if (!watched || watched.timer) return
    // A clock that was set back makes nobody wait for longer than a frame.
    const wait = Math.min(frameMilliseconds, Math.max(0, watched.sentAt + frameMilliseconds - milliseconds()))
    watched.timer = setTimeout(() => frame(showId, watched), wait)
  }

  function frame(showId: string, watched: Watched): void {
    clearTimeout(watched.timer)
    watched.timer = undefined
    const board = boards.known(showId)
    if (!board || board.version === watched.sent) return
    const change = changeSince(board, watched.sent)
    watched.sent = board.version
    watched.sentAt = milliseconds()
    const text = change ? seatsMessage(change) : snapshotMessage(board)
    for (const [watcher, state] of watched.watchers) {
      if (!watcher.keepsUp()) state.behind = true
      else if (state.behind) {
        state.behind = false
        watcher.send(snapshotMessage(board))
      } else watcher.send(text)
    }
  }

  async function poll(): Promise<void> {
    const versions = await Promise.all(
      [...shows.keys()].map(async (id) => ({ id, version: (await versionOf(id))?.version })),
    )
    const stale = versions.filter(({ id, version = 0 }) => version > (boards.known(id)?.version ?? 0))
    try {
      await eachOnItsOwn(stale, ({ id }) => boards.refresh(id))
    } finally {
      for (const [id, watched] of shows) catchUp(watched, boards.known(id))
    }
  }

  /** Whoever fell behind is not left with what they saw last until more is sold. */
  function catchUp({ sent, watchers }: Watched, board: Board | undefined): void {
    // One that moved on since the last frame brings a frame, for everybody.
    if (!board || board.version !== sent) return
    for (const [watcher, state] of watchers) {
      if (!state.behind || !watcher.keepsUp()) continue
      state.behind = false
      watcher.send(snapshotMessage(board))
    }
  }

  function watchers(): number {
    return [...shows.values()].reduce((sum, watched) => sum + watched.watchers.size, 0)
  }

  function stop(): void {
    for (const watched of shows.values()) clearTimeout(watched.timer)
    shows.clear()
  }
}

function snapshotMessage(board: Board): string {
  const { version, taken } = board
  return JSON.stringify({ type: 'snapshot', version, taken: [...taken], ...ifCancelled(board) })
}

function seatsMessage(change: object): string {
  return JSON.stringify({ type: 'seats', ...change })
}
