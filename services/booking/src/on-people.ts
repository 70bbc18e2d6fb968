import { bookingErasureGroup, bookingPeopleGroup } from '@marquee/contracts/booking'
import { on, type Subscription } from '@marquee/kit/events'
import { forgetPerson } from './order-store.ts'
import { savePerson } from './people-store.ts'

/** Keeps booking's own copy of who works where. */
export function onPeople(): Subscription {
  return on(bookingPeopleGroup, {
    'theater.people-changed.v1': (event, tx) => {
      const { theaterId, userId, role } = event.payload
      return savePerson(tx, { theaterId, userId, role, version: event.version })
    },
  })
}

/** Orders stay for the books, without a person. */
export function onErasure(): Subscription {
  return on(bookingErasureGroup, {
    'user.erased.v1': (event, tx) => forgetPerson(tx, event.payload.userId),
  })
}
