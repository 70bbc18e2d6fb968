import type { CallRequest } from '@marquee/kit/contract'
import type { Database } from '@marquee/kit/sql'
import { peopleStore } from './people-store.ts'

/** Who the caller is to the theater that a request is about. */
export function createGuards(db: Database) {
  const byTheater = ({ theaterId }: { theaterId: string }, { caller }: CallRequest) =>
    peopleStore.roleAt(db, theaterId, { userId: caller.userId })
  const byClosedTheater = ({ theaterId }: { theaterId: string }, { caller }: CallRequest) =>
    peopleStore.roleAt(db, theaterId, { userId: caller.userId, closedToo: true })
  const byShow = ({ showId }: { showId: string }, { caller }: CallRequest) =>
    peopleStore.roleAtShow(db, showId, caller.userId)
  return {
    updateTheater: byTheater,
    closeTheater: byTheater,
    restoreTheater: byClosedTheater,
    listPeople: byTheater,
    putPerson: byTheater,
    invitePerson: byTheater,
    removePerson: byTheater,
    createScreen: byTheater,
    updateScreen: byTheater,
    deleteScreen: byTheater,
    createTicketType: byTheater,
    deleteTicketType: byTheater,
    listPriceCards: byTheater,
    createPriceCard: byTheater,
    updatePriceCard: byTheater,
    deletePriceCard: byTheater,
    createShow: byTheater,
    copyDay: byTheater,
    listTheaterShows: byTheater,
    updateShow: byShow,
    cancelShow: byShow,
  }
}
