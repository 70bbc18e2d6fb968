import {
  type Layout,
  layoutPublished,
  type ShowFacts,
  showCancelled,
  showChanged,
  showScheduled,
  theaterPeopleChanged,
} from '@marquee/contracts/theaters'
import type { Publisher } from '@marquee/kit/events'
import type { Transaction } from '@marquee/kit/sql'
import type { PersonChange } from './people-store.ts'
import { readShowFacts } from './show-facts.ts'

/** Tells the other services, in the transaction of what is told. */
export function createAnnounce(events: Publisher) {
  const shows = async (
    tx: Transaction,
    event: typeof showScheduled | typeof showChanged,
    ids: readonly string[],
  ): Promise<ShowFacts[]> => {
    const facts = await readShowFacts(tx, ids)
    await events.publishAll(
      tx,
      facts.map((payload) => ({ event, payload, key: payload.showId, version: payload.version })),
    )
    return facts
  }
  return {
    scheduled: (tx: Transaction, ids: readonly string[]) => shows(tx, showScheduled, ids),
    changed: (tx: Transaction, ids: readonly string[]) => shows(tx, showChanged, ids),
    cancelled: (tx: Transaction, cancelled: readonly { id: string; version: number }[]) =>
      events.publishAll(
        tx,
        cancelled.map(({ id, version }) => ({
          event: showCancelled,
          payload: { showId: id, version },
          key: id,
          version,
        })),
      ),
    layout: (tx: Transaction, layout: Layout) =>
      events.publish(tx, layoutPublished, layout, { key: layout.id, version: 1 }),
    people: (tx: Transaction, theater: { id: string; name: string }, changes: readonly PersonChange[]) =>
      events.publishAll(
        tx,
        changes.map((change) => ({
          event: theaterPeopleChanged,
          payload: {
            theaterId: theater.id,
            theaterName: theater.name,
            userId: change.user_id,
            role: change.role,
          },
          key: `${theater.id}:${change.user_id}`,
          version: change.version,
        })),
      ),
  }
}

export type Announce = ReturnType<typeof createAnnounce>
