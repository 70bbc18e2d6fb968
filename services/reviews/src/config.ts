import { z } from 'zod'

export const reviewsConfig = z.object({
  /** The most ratings in one batch. */
  batchSize: z.coerce.number().int().min(1).max(1000).default(256),
  /** Batches of ratings that may be on their way to PostgreSQL together. */
  lanes: z.coerce.number().int().min(1).max(8).default(2),
  /** How often films' figures are brought up to date. */
  settleMilliseconds: z.coerce.number().int().min(50).max(1500).default(1000),
})
export type ReviewsConfig = z.output<typeof reviewsConfig>
