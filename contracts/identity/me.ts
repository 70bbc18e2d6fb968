import { endpoint, nothing, problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Instant, TheaterId } from '../common.ts'
import { Handle, lockedOut, Me, Password, PersonName, User } from './user.ts'

export const getMe = endpoint({
  method: 'GET',
  path: '/api/me',
  summary: 'Who I am',
  access: ['user'],
  responses: { 200: Me },
})
export const updateMe = endpoint({
  method: 'PATCH',
  path: '/api/me',
  summary: 'Change my name, handle or preferences',
  access: ['user'],
  body: z.object({
    name: PersonName.optional(),
    handle: Handle.optional(),
    preferences: z
      .object({
        theme: z.enum(['system', 'dark', 'light']).optional(),
        language: z.string().max(10).optional(),
      })
      .optional(),
  }),
  responses: { 200: Me, 409: problem('handle-taken') },
})
export const changePassword = endpoint({
  method: 'PUT',
  path: '/api/me/password',
  summary: 'Change my password; ends my other sessions',
  access: ['user'],
  limit: 'auth',
  body: z.object({ current: z.string().min(1).max(200), password: Password }),
  responses: { 204: nothing, 403: problem('wrong-password'), 429: lockedOut },
})
export const exportMe = endpoint({
  method: 'GET',
  path: '/api/me/export',
  summary: 'Everything kept about me',
  access: ['user'],
  limit: 'import',
  timeoutMs: 60_000,
  responses: {
    200: z.looseObject({
      user: User,
      /** Each as the service that keeps it shows it; null when it did not answer. */
      orders: z.array(z.unknown()).nullable(),
      notifications: z.array(z.unknown()).nullable(),
      community: z.unknown(),
      watchlist: z.array(z.unknown()).nullable(),
      /** The parts that are null, and the problem codes of why. */
      missing: z.array(z.object({ part: z.string(), reason: z.string() })),
    }),
  },
})
export const eraseMe = endpoint({
  method: 'DELETE',
  path: '/api/me',
  summary: 'Erase me; orders stay, anonymised, for the books',
  access: ['user'],
  limit: 'auth',
  body: z.object({ password: z.string().min(1).max(200) }),
  responses: {
    204: nothing,
    403: problem('wrong-password'),
    /** Nobody else owns these theaters: another owner comes first, or they close. */
    409: problem('last-owner', { theaters: z.array(z.object({ id: TheaterId, name: z.string() })) }),
    429: lockedOut,
  },
})
export const listFactors = endpoint({
  method: 'GET',
  path: '/api/me/factors',
  summary: 'My second factors',
  access: ['user'],
  responses: { 200: z.object({ items: z.array(z.object({ kind: z.literal('totp'), addedAt: Instant })) }) },
})
export const startTotp = endpoint({
  method: 'POST',
  path: '/api/me/factors/totp',
  summary: 'Begin adding an authenticator app',
  access: ['user'],
  responses: { 201: z.object({ uri: z.string(), secret: z.string() }) },
})
export const confirmTotp = endpoint({
  method: 'POST',
  path: '/api/me/factors/totp/confirm',
  summary: 'Finish adding it with a first code; gives recovery codes once',
  access: ['user'],
  limit: 'auth',
  body: z.object({
    code: z
      .string()
      .max(20)
      .regex(/^ *(\d *){6}$/, 'must be six digits'),
  }),
  responses: { 200: z.object({ recoveryCodes: z.array(z.string()) }), 403: problem('wrong-code') },
})
export const removeTotp = endpoint({
  method: 'DELETE',
  path: '/api/me/factors/totp',
  summary: 'Remove the authenticator app',
  access: ['user'],
  limit: 'auth',
  body: z.object({ password: z.string().min(1).max(200) }),
  responses: { 204: nothing, 403: problem('wrong-password'), 429: lockedOut },
})
