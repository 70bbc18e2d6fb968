import { until } from '../../harness/house.ts'
import type { Stage } from './stage.ts'

export type Watchers = {
  /** Who looks at a show and was told of a change out of turn, or does not see what is so after all time that is due. */
  check: () => Promise<string[]>
  leave: () => void
}

type Message = { type: string; from?: number; version: number; taken?: string[]; freed?: string[] }
const comeBackAfter = 300
/** A signal may be lost, or a wire fall silent: what makes up for it may take this long. */
const dueSeconds = 25

/** Browsers that look at a show's seats through either gateway, and come back when they are cut off. */
export function watchSeats(stage: Stage, showId: string): Watchers {
  const leaving = new AbortController()
  const watchers = ['gateway-1', 'gateway-2'].map((name) =>
    watch(
      name,
      `${stage.split.part(name).address.replace('http', 'ws')}/api/live?show=${showId}`,
      leaving.signal,
    ),
  )

  // Not over HTTP: whoever asks there makes up for what a watcher was not told.
  async function isTaken(): Promise<string> {
    const { rows } = await stage.books.query<{ seat: string }>(
      'select seat_id as seat from booking.seat_claims where show_id = $1',
      [showId],
    )
    return JSON.stringify(rows.map(({ seat }) => seat).sort())
  }

  return {
    async check() {
      const amiss = async () => {
        const taken = await isTaken()
        return watchers.filter(({ seen }) => JSON.stringify([...seen].sort()) !== taken)
      }
      const gaps = () => watchers.flatMap(({ gaps }) => gaps.splice(0))
      try {
        await until(async () => (await amiss()).length === 0, dueSeconds)
        return gaps()
      } catch {
        // Said by name below.
      }
      const wrong = (await amiss()).map(
        ({ name, seen }) => `a watcher at ${name} sees ${seen.size} seats taken, and is wrong`,
      )
      return [...gaps(), ...wrong]
    },
    leave: () => leaving.abort(),
  }
}

function watch(name: string, url: string, leaving: AbortSignal) {
  const seen = new Set<string>()
  const gaps: string[] = []
  const come = () => {
    if (leaving.aborted) return
    const socket = new WebSocket(url)
    const leave = () => socket.close()
    let known: number | undefined
    leaving.addEventListener('abort', leave)
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message
      if (message.type === 'beat') return
      if (message.type === 'snapshot') seen.clear()
      else if (message.from !== known)
        gaps.push(`a watcher at ${name} was told what follows version ${message.from} and knew ${known}`)
      known = message.version
      for (const seat of message.taken ?? []) seen.add(seat)
      for (const seat of message.freed ?? []) seen.delete(seat)
    })
    socket.addEventListener('error', () => {})
    socket.addEventListener('close', () => {
      leaving.removeEventListener('abort', leave)
      setTimeout(come, comeBackAfter)
    })
  }
  come()
  return { name, seen, gaps }
}
