import { theaterPeopleGroup } from '@marquee/contracts/identity'
import { on } from '@marquee/kit/events'

/** Keeps a copy of who works where, to tell people in `/api/me`. */
export const onTheaterPeople = () =>
  on(
    theaterPeopleGroup,
    {
      'theater.people-changed.v1': async ({ payload, version }, tx) => {
        await tx.query(
          `insert into theater_people as known (theater_id, user_id, theater_name, role, version) values ($1, $2, $3, $4, $5)
           on conflict (theater_id, user_id) do update
             set theater_name = excluded.theater_name, role = excluded.role, version = excluded.version
           where excluded.version >= known.version`,
          [payload.theaterId, payload.userId, payload.theaterName, payload.role, version],
        )
      },
    },
    { together: 50 },
  )
