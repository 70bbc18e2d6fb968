import { liveSetting, secret } from '@marquee/kit/config'
import { z } from 'zod'

export const Config = z.object({
  /** Where OMDb answers. */
  omdbUrl: z.url({ protocol: /^https?$/ }).default('https://www.omdbapi.com/'),
  /** Without a key nothing is asked of OMDb. */
  omdbKey: liveSetting(secret(z.string().min(1))).optional(),
  /** Requests a day (UTC), by all instances together; a free key has 1,000. */
  omdbDailyQuota: z.coerce.number().int().min(0).max(10_000_000).default(1000),
  /** How long one try may take. */
  omdbTryMs: z.coerce.number().int().min(50).max(10_000).default(3000),
})
export type Config = z.output<typeof Config>
