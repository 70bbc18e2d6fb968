import { z } from 'zod'

export const identityConfig = z.object({
  /** How long an access token is good for. */
  accessMinutes: z.coerce.number().int().min(1).max(60).default(10),
  /** How long a session lasts without being used. */
  sessionDays: z.coerce.number().int().min(1).max(400).default(60),
  /** How long a replaced refresh token still gives its successor. */
  graceSeconds: z.coerce.number().int().min(0).max(300).default(30),
  /** Wrong passwords before an account or a network has to wait. */
  failuresAllowed: z.coerce.number().int().min(3).max(100).default(8),
  /** How long a mailed link is good for. */
  linkMinutes: z.coerce.number().int().min(5).max(10_000).default(60),
  /** Signing keys older than this are replaced at a start. */
  keyDays: z.coerce.number().int().min(1).max(400).default(90),
})
