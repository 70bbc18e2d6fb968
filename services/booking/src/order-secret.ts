import { createHmac, timingSafeEqual } from 'node:crypto'

export type OrderSecrets = {
  /** The secret of an order: derived from its id, so that mails can carry it and nothing of it is stored. */
  of: (orderId: string) => string
  matches: (orderId: string, given: string | undefined) => boolean
}

/** The first key makes secrets; all of them open orders. */
export function createOrderSecrets(keys: readonly Buffer[]): OrderSecrets {
  const derive = (key: Buffer, orderId: string) =>
    createHmac('sha256', key).update(`order ${orderId}`).digest().subarray(0, 24)
  const [current] = keys
  if (!current) throw new Error('there is no key for order secrets')
  return {
    of: (orderId) => derive(current, orderId).toString('base64url'),
    matches(orderId, given) {
      if (given === undefined) return false
      // A browser that opened several orders gives the secrets of all of them, separated by spaces.
      return given.split(' ').some((one) => {
        const bytes = Buffer.from(one, 'base64url')
        return bytes.length === 24 && keys.some((key) => timingSafeEqual(derive(key, orderId), bytes))
      })
    },
  }
}
