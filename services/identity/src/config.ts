import { liveSetting } from '@marquee/kit/config'
import { z } from 'zod'

export const identityConfig = z.object({
  /** How long an access token is good for. */
  accessMinutes: z.coerce.number().int().min(1).max(60).default(10),
  /** How long a session lasts without being used. */
  sessionDays: z.coerce.number().int().min(1).max(400).default(60),
  /** How long a replaced refresh token still gives its successor. */
  graceSeconds: z.coerce.number().int().min(0).max(300).default(30),
  /** Wrong passwords before an account or a network has to wait. */
  failuresAllowed: liveSetting(z.coerce.number().int().min(3).max(100)).default(8),
  /** `off` lifts the wait after wrong passwords, for load tests. */
  limits: liveSetting(z.enum(['on', 'off'])).default('on'),
  /** Links to set a password that one address is mailed in an hour, and as often that somebody registers with it. */
  resetMailsAnHour: liveSetting(z.coerce.number().int().min(1).max(100)).default(3),
  /** How long a mailed link is good for. */
  linkMinutes: z.coerce.number().int().min(5).max(10_000).default(60),
  /** A signing key older than this gets a successor. */
  keyDays: z.coerce.number().int().min(1).max(400).default(30),
})
export type IdentityConfig = z.output<typeof identityConfig>
