import { bookingShowsGroup } from '@marquee/contracts/booking'
import type { ShowFacts } from '@marquee/contracts/theaters'
import { on, type Subscription } from '@marquee/kit/events'
import type { Transaction } from '@marquee/kit/sql'
import type { SeatChange } from './show-desk.ts'
import { capacityOf, markCancelled, saveLayout, saveShow } from './show-store.ts'

type Deps = { announce: (changes: readonly SeatChange[]) => void }

/**
 * Keeps booking's own copy of layouts and shows. Older facts than the known ones change nothing. Whoever looks at the
 * seats of a show is told at once that it was cancelled.
 */
export function onShows({ announce }: Deps): Subscription {
  return on(bookingShowsGroup, {
    'layout.published.v1': (event, tx) => saveLayout(tx, event.payload),
    'show.scheduled.v1': (event, tx) => keep(tx, event.payload),
    'show.changed.v1': (event, tx) => keep(tx, event.payload),
    'show.cancelled.v1': async (event, tx) => {
      const { showId, version } = event.payload
      // Events may overtake each other: the retry finds the show.
      const { known, change } = await markCancelled(tx, showId, version)
      if (!known) throw new Error(`show ${showId} is not known yet`)
      if (change) tx.afterCommit(() => announce([change]))
    },
  })
}

async function keep(tx: Transaction, facts: ShowFacts): Promise<void> {
  const capacity = await capacityOf(tx, facts.layoutId)
  if (capacity === undefined) throw new Error(`layout ${facts.layoutId} is not known yet`)
  await saveShow(tx, facts, capacity)
}
