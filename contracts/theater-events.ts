import { event } from '@marquee/kit/contract'
import { z } from 'zod'
import { TheaterId, TheaterRole, UserId } from './common.ts'

/** Somebody joined, left or changed role; `role` is null once they left. */
export const theaterPeopleChanged = event(
  'theater.people-changed.v1',
  z.object({ theaterId: TheaterId, theaterName: z.string(), userId: UserId, role: TheaterRole.nullable() }),
)
