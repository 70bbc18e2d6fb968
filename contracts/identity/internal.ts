import { endpoint } from '@marquee/kit/contract'
import { z } from 'zod'
import { Email, Instant, UserId } from '../common.ts'
import { Handle, PersonName } from './user.ts'

/** For the gateway: what ended since, so that tokens of ended sessions stop within two seconds. */
export const listRevocations = endpoint({
  method: 'GET',
  path: '/internal/identity/revocations',
  summary: 'Sessions ended after a point',
  access: ['service'],
  query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
  responses: { 200: z.object({ items: z.array(z.object({ sessionId: z.string() })), last: z.int() }) },
})
/** The live signal that says the same at once, for gateways that hear it. */
export const sessionsEnded = {
  topic: 'identity.sessions-ended',
  payload: z.object({ sessionIds: z.array(z.string()) }),
}
export const findUsers = endpoint({
  method: 'POST',
  path: '/internal/identity/users',
  summary: 'Names and addresses by id or address',
  access: ['service'],
  body: z.object({
    ids: z.array(UserId).max(1000).default([]),
    emails: z.array(Email).max(1000).default([]),
  }),
  responses: {
    200: z.object({
      items: z.array(z.object({ id: UserId, email: Email, name: z.string(), handle: z.string() })),
    }),
  },
})
/** For services whose copies of names begin later than the accounts did: by id, without the erased. */
export const copyUsers = endpoint({
  method: 'GET',
  path: '/internal/identity/copies',
  summary: 'Names and handles as events tell of them',
  access: ['service'],
  query: z.object({
    after: UserId.optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(1000),
  }),
  responses: {
    200: z.object({
      items: z.array(
        z.object({ id: UserId, version: z.int(), name: z.string(), handle: z.string(), joinedAt: Instant }),
      ),
    }),
  },
})
/** For a start that is not to open while everybody knows somebody's password. */
export const findUsersWithPassword = endpoint({
  method: 'POST',
  path: '/internal/identity/with-password',
  summary: 'Which of some addresses have accounts with a given password',
  access: ['service'],
  body: z.object({ emails: z.array(Email).max(20), password: z.string() }),
  responses: { 200: z.object({ emails: z.array(Email) }) },
})
export const seedUsers = endpoint({
  method: 'POST',
  path: '/internal/identity/seed',
  summary: 'Create demo accounts that do not exist yet',
  access: ['service'],
  body: z.object({
    users: z.array(
      z.object({
        email: Email,
        password: z.string(),
        name: PersonName,
        handle: Handle,
        admin: z.boolean().default(false),
      }),
    ),
  }),
  responses: { 200: z.object({ items: z.array(z.object({ id: UserId, email: Email })) }) },
})
