import { liveSetting, secret } from '@marquee/kit/config'
import { z } from 'zod'

export const paymentsConfig = z.object({
  /** Where the sandbox provider listens; without it nobody can pay by `sandbox`. */
  sandboxUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Its API key, which also signs its webhooks. */
  sandboxSecret: liveSetting(secret(z.string().min(16))).optional(),
  /** How long one call to a provider may take. */
  providerTimeoutMs: z.coerce.number().int().min(100).max(14_000).default(8000),
  /** Calls to a provider under way together; as many again per eight wait. */
  providerCalls: z.coerce.number().int().min(1).max(500).default(64),
  /** How old a webhook's signature may be. */
  webhookToleranceSeconds: z.coerce.number().int().min(10).max(3600).default(300),
  /** Silence after which the reconciler first asks about an attempt. */
  firstCheckSeconds: z.coerce.number().int().min(1).max(600).default(20),
})
export type PaymentsConfig = z.output<typeof paymentsConfig>
