import { z } from 'zod'

const limit = z.object({
  perIdentity: z.int().positive(),
  perNetwork: z.int().positive(),
  windowSeconds: z.int().positive(),
})
export type Limit = z.infer<typeof limit>

/** Calls per window for one identity and for one network; a limit named by an endpoint stands beside `default`. */
export const GatewayConfig = z.object({
  limits: z.record(z.string(), limit).default({
    default: { perIdentity: 600, perNetwork: 3000, windowSeconds: 60 },
    booking: { perIdentity: 120, perNetwork: 3000, windowSeconds: 60 },
    auth: { perIdentity: 20, perNetwork: 100, windowSeconds: 60 },
    refresh: { perIdentity: 60, perNetwork: 600, windowSeconds: 60 },
    rating: { perIdentity: 120, perNetwork: 6000, windowSeconds: 60 },
    writing: { perIdentity: 30, perNetwork: 600, windowSeconds: 60 },
    import: { perIdentity: 10, perNetwork: 60, windowSeconds: 300 },
    mail: { perIdentity: 5, perNetwork: 30, windowSeconds: 300 },
  }),
  /** Other sites whose scripts may call with credentials. */
  corsOrigins: z.array(z.string()).default([]),
  /** Bytes the response cache may keep; 0 keeps nothing, for measuring what is behind it. */
  cacheBytes: z.coerce
    .number()
    .int()
    .min(0)
    .default(64 * 1024 * 1024),
})
export type GatewayConfig = z.infer<typeof GatewayConfig>
