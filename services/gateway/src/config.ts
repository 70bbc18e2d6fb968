import { liveSetting } from '@marquee/kit/config'
import { z } from 'zod'

const limit = z.object({
  perIdentity: z.int().positive(),
  perNetwork: z.int().positive(),
  windowSeconds: z.int().positive(),
})
export type Limit = z.infer<typeof limit>

/** A limit of which a part may be set alone. */
const usually = (perIdentity: number, perNetwork: number, windowSeconds: number) =>
  z
    .object({
      perIdentity: limit.shape.perIdentity.default(perIdentity),
      perNetwork: limit.shape.perNetwork.default(perNetwork),
      windowSeconds: limit.shape.windowSeconds.default(windowSeconds),
    })
    .prefault({})

/** Calls per window for one identity and for one network; a limit named by an endpoint stands beside `default`. */
export const GatewayConfig = z.object({
  limits: liveSetting(
    z
      .object({
        default: usually(600, 3000, 60),
        booking: usually(120, 3000, 60),
        auth: usually(20, 100, 60),
        refresh: usually(60, 600, 60),
        rating: usually(120, 6000, 60),
        writing: usually(30, 600, 60),
        import: usually(10, 60, 300),
        mail: usually(5, 30, 300),
      })
      .catchall(limit),
  ).prefault({}),
  /** Other sites whose scripts may call, with tokens of their own: cookies are never sent along. */
  corsOrigins: liveSetting(z.array(z.string())).default([]),
  /** Bytes the response cache may keep; 0 keeps nothing, for measuring what is behind it. */
  cacheBytes: z.coerce
    .number()
    .int()
    .min(0)
    .default(64 * 1024 * 1024),
})
export type GatewayConfig = z.infer<typeof GatewayConfig>
