import { problem } from '@marquee/kit/contract'
import { z } from 'zod'
import { Email, TheaterId, TheaterRole, text, UserId } from '../common.ts'

export const Password = z.string().min(10, 'must have at least 10 characters').max(200)
/** One line that is no address: it greets in mails. */
export const PersonName = text(80).refine(
  (name) => !/[\t\n\r]|:\/\//.test(name),
  'must be one line, without an address',
)
export const Handle = z.string().regex(/^[a-z0-9_]{3,30}$/, 'must be 3 to 30 lower-case letters, digits or _')
export const Preferences = z.object({
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  language: z.string().max(10).default('en'),
})
export const User = z.object({
  id: UserId,
  email: Email,
  name: z.string(),
  handle: z.string(),
  roles: z.array(z.enum(['user', 'staff', 'owner', 'admin'])),
  preferences: Preferences,
  emailVerified: z.boolean(),
  version: z.int(),
})
export const Me = User.extend({
  /** The theaters this person works for. */
  theaters: z.array(z.object({ id: TheaterId, name: z.string(), role: TheaterRole })),
})

/** Too many wrong passwords: nothing is looked at for a while. */
export const lockedOut = problem('locked-out', { retryAfterSeconds: z.int() })
