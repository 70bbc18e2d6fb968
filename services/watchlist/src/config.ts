import { z } from 'zod'

export const watchlistConfig = z.object({
  /** How many of those who wait for a film are told before it is noted how far that is. */
  tellAtOnce: z.coerce.number().int().min(1).max(1000).default(500),
})
