import { bookingShowsGroup } from '@marquee/contracts/booking'
import type { ShowFacts } from '@marquee/contracts/theaters'
import { on, type Subscription } from '@marquee/kit/events'
import type { Transaction } from '@marquee/kit/sql'
import { capacityOf, markCancelled, saveLayout, saveShow } from './show-store.ts'

/** Keeps booking's own copy of layouts and shows. Older facts than the known ones change nothing. */
export function onShows(): Subscription {
  return on(bookingShowsGroup, {
    'layout.published.v1': (event, tx) => saveLayout(tx, event.payload),
    'show.scheduled.v1': (event, tx) => keep(tx, event.payload),
    'show.changed.v1': (event, tx) => keep(tx, event.payload),
    'show.cancelled.v1': async (event, tx) => {
      const { showId, version } = event.payload
      // Events may overtake each other: the retry finds the show.
      if (!(await markCancelled(tx, showId, version))) throw new Error(`show ${showId} is not known yet`)
    },
  })
}

async function keep(tx: Transaction, facts: ShowFacts): Promise<void> {
  const capacity = await capacityOf(tx, facts.layoutId)
  if (capacity === undefined) throw new Error(`layout ${facts.layoutId} is not known yet`)
  await saveShow(tx, facts, capacity)
}
