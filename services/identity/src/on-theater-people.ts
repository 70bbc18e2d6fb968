import { theaterPeopleGroup } from '@marquee/contracts/identity'
import { on } from '@marquee/kit/events'
import { putTheaterPerson } from './theater-people-store.ts'

/** Keeps a copy of who works where, to tell people in `/api/me`. */
export const onTheaterPeople = () =>
  on(
    theaterPeopleGroup,
    {
      'theater.people-changed.v1': ({ payload, version }, tx) =>
        putTheaterPerson(tx, { ...payload, version }),
    },
    { together: 50 },
  )
