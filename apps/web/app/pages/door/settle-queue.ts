import type { QueuedScan, Verdict } from './door-types.ts'

export type Settled = Verdict & { scanId: string }
/** Tells the house of scans of one show; undefined when it would not hear. */
export type TellScans = (scans: readonly QueuedScan[]) => Promise<Settled[] | undefined>

// Few enough that a slow house has answered before one has had enough of waiting.
const atOnce = 100

/**
 * Tells the house of what was admitted without it, show by show: what this person may not say of one house keeps
 * no other guest from being told. `heard` is given what the house answered, lot by lot; the rest stays in the queue.
 */
export async function settleQueue(
  queue: readonly QueuedScan[],
  tell: TellScans,
  heard: (answers: readonly Settled[]) => void,
): Promise<void> {
  for (const show of new Set(queue.map(({ showId }) => showId))) {
    const scans = queue.filter(({ showId }) => showId === show)
    for (let start = 0; start < scans.length; start += atOnce)
      heard((await tell(scans.slice(start, start + atOnce))) ?? [])
  }
}
