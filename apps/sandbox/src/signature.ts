import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs a webhook: HMAC-SHA256 over the time it was sent, a dot and the raw body. */
export function signWebhook(secret: string, { body, sentAt }: { body: string; sentAt: number }): string {
  const mac = createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex')
  return `t=${sentAt},v1=${mac}`
}

/** Compares secrets in constant time, whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
