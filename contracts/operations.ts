import { contract, endpoint, nothing } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, page, paging, Uuid } from './common.ts'

/** A consumer group's name: `booking.payments`. */
export const GroupName = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9.-]*$/, 'is no name of a consumer group')

const about = {
  group: GroupName,
  eventId: Uuid,
  /** Such as `order.confirmed.v1`. */
  event: z.string(),
  /** The id of what it is about. */
  key: z.string(),
  /** The last error. */
  reason: z.string(),
  attempts: z.int(),
  diedAt: Instant,
}
/** An event that a consumer group could not take, however often it was tried; what it says is shown one by one. */
export const DeadLetterLine = z.object(about)
export const DeadLetter = z.object({
  ...about,
  occurredAt: Instant,
  correlationId: z.string(),
  /** May hold what is known of a person. */
  payload: z.unknown(),
})

const one = z.object({ group: GroupName, eventId: Uuid })
const base = '/api/operations/dead-letters'

export const listDeadLetters = endpoint({
  method: 'GET',
  path: base,
  summary: 'Events that could not be handled, latest first',
  access: ['admin'],
  query: z.object({ group: GroupName.optional(), ...paging }),
  responses: { 200: page(DeadLetterLine) },
})
export const showDeadLetter = endpoint({
  method: 'GET',
  path: `${base}/:group/:eventId`,
  summary: 'One of them, with what it says',
  access: ['admin'],
  params: one,
  responses: { 200: DeadLetter },
})
export const replayDeadLetter = endpoint({
  method: 'POST',
  path: `${base}/:group/:eventId/replay`,
  summary: 'Give it to its group once more; 0 when it was already',
  access: ['admin'],
  params: one,
  responses: { 200: z.object({ replayed: z.int() }) },
})
export const replayDeadLetters = endpoint({
  method: 'POST',
  path: `${base}/:group/replay`,
  summary: 'Give all of a group to it once more; says how many',
  access: ['admin'],
  params: z.object({ group: GroupName }),
  responses: { 200: z.object({ replayed: z.int() }) },
})
export const dropDeadLetter = endpoint({
  method: 'DELETE',
  path: `${base}/:group/:eventId`,
  summary: 'Give it up; no harm when it is gone already',
  access: ['admin'],
  params: one,
  responses: { 204: nothing },
})

/** What people who run an installation do; answered wherever the gateway is. */
export const operationsContract = contract('operations', {
  endpoints: { listDeadLetters, showDeadLetter, replayDeadLetter, replayDeadLetters, dropDeadLetter },
  critical: false,
})
