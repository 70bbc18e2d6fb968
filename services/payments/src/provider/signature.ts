import { createHmac, timingSafeEqual } from 'node:crypto'

export type Signed = {
  rawBody: Buffer
  /** `t=<seconds>,v1=<hex>`, v1 as often as there are keys in use. */
  header: string | undefined
  secret: string
  now: Temporal.Instant
  toleranceSeconds: number
}

/** True when the body was signed with our secret, and not too long ago. */
export function isSigned({ rawBody, header, secret, now, toleranceSeconds }: Signed): boolean {
  const parts = (header ?? '').split(',').map((part) => part.trim().split('=', 2))
  const time = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (!/^\d{1,12}$/.test(time)) return false
  if (Math.abs(now.epochMilliseconds / 1000 - Number(time)) > toleranceSeconds) return false
  const expected = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest()
  return parts.some(([name, value = '']) => {
    if (name !== 'v1' || !/^[0-9a-f]{64}$/.test(value)) return false
    return timingSafeEqual(Buffer.from(value, 'hex'), expected)
  })
}
