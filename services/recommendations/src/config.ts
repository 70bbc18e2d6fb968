import { z } from 'zod'

export const recommendationsConfig = z.object({
  /** Neighbours are not computed more often than this. */
  restSeconds: z.coerce.number().min(0).max(86_400).default(15),
  /** After so long picks are given up for what is trending. */
  patienceMilliseconds: z.coerce.number().int().min(10).max(5000).default(80),
})
