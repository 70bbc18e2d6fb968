import type { Transaction } from '@marquee/kit/sql'
import type { Announce } from './announce.ts'
import { peopleStore } from './people-store.ts'

/** Ends the roles of somebody who is no more, everywhere. */
export function createForgetPerson(announce: Announce) {
  return async (userId: string, tx: Transaction): Promise<void> => {
    for (const theater of await peopleStore.lockTheatersOf(tx, userId)) {
      const left = await peopleStore.put(tx, theater.id, { userId, role: null })
      if (left) await announce.people(tx, theater, [left])
    }
  }
}
