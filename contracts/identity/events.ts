import { event } from '@marquee/kit/contract'
import { z } from 'zod'
import { Email, UserId } from '../common.ts'

export const userRegistered = event(
  'user.registered.v1',
  z.object({ userId: UserId, email: Email, name: z.string(), handle: z.string() }),
)
export const userUpdated = event(
  'user.updated.v1',
  z.object({ userId: UserId, name: z.string(), handle: z.string() }),
)
export const userErased = event('user.erased.v1', z.object({ userId: UserId }))
/** Asks for a mail with a one-time link; the token itself never rests outside identity and this event. */
export const accountMailRequested = event(
  'user.mail-requested.v1',
  z.object({
    userId: UserId,
    kind: z.enum(['verify-email', 'reset-password', 'password-changed', 'email-already-registered']),
    email: Email,
    name: z.string(),
    token: z.string().optional(),
  }),
)
