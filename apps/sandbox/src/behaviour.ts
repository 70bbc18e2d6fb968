import { z } from 'zod'

/** How the sandbox misbehaves; only changed through the test controls. */
export const Behaviour = z.object({
  /** Before every answer, in milliseconds. */
  delayMs: z.int().min(0).max(60_000).default(0),
  /** `drop`: do it, then break the connection. `never`: do it and say nothing. `refuse`: 503, nothing done. */
  answers: z.enum(['normal', 'drop', 'never', 'refuse']).default('normal'),
  /** `first`: heard before the response. `twice`: each one twice. `held`: none until changed. */
  webhooks: z.enum(['normal', 'first', 'twice', 'held']).default('normal'),
})
export type Behaviour = z.output<typeof Behaviour>
