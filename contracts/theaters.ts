import { contract, group } from '@marquee/kit/contract'
import { userErased } from './identity.ts'
import { movieChanged } from './movies.ts'
import { theaterPeopleChanged } from './theater-events.ts'
import { layoutPublished, showCancelled, showChanged, showScheduled } from './theaters/events.ts'
import {
  closeTheater,
  createScreen,
  createTheater,
  deleteScreen,
  getTheater,
  listTheaters,
  myTheaters,
  restoreTheater,
  updateScreen,
  updateTheater,
} from './theaters/houses.ts'
import { scheduleShows, seedTheaters, theatersOwnedAlone } from './theaters/internal.ts'
import { getLayout, previewLayout } from './theaters/layouts.ts'
import { invitePerson, listPeople, putPerson, removePerson } from './theaters/people.ts'
import {
  createPriceCard,
  createTicketType,
  deletePriceCard,
  deleteTicketType,
  listPriceCards,
  listTicketTypes,
  updatePriceCard,
} from './theaters/prices.ts'
import {
  cancelShow,
  copyDay,
  createShow,
  getShow,
  listShows,
  listTheaterShows,
  updateShow,
} from './theaters/shows.ts'

export * from './theaters/events.ts'
export * from './theaters/houses.ts'
export * from './theaters/internal.ts'
export * from './theaters/layouts.ts'
export * from './theaters/people.ts'
export * from './theaters/prices.ts'
export * from './theaters/shows.ts'

export { theaterPeopleChanged }
export const theatersMoviesGroup = group('theaters.movies', [movieChanged])
export const theatersErasureGroup = group('theaters.erasure', [userErased])
export const theatersContract = contract('theaters', {
  endpoints: {
    listTheaters,
    getTheater,
    createTheater,
    updateTheater,
    closeTheater,
    restoreTheater,
    listPeople,
    putPerson,
    invitePerson,
    removePerson,
    previewLayout,
    getLayout,
    createScreen,
    updateScreen,
    deleteScreen,
    listTicketTypes,
    createTicketType,
    deleteTicketType,
    listPriceCards,
    createPriceCard,
    updatePriceCard,
    deletePriceCard,
    listShows,
    getShow,
    createShow,
    copyDay,
    updateShow,
    cancelShow,
    listTheaterShows,
    myTheaters,
    theatersOwnedAlone,
    seedTheaters,
    scheduleShows,
  },
  events: [showScheduled, showChanged, showCancelled, layoutPublished, theaterPeopleChanged],
  groups: [theatersMoviesGroup, theatersErasureGroup],
})
