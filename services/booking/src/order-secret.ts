import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Keys } from './key-store.ts'

export type OrderSecrets = {
  /** The secret of an order: derived from its id, so that mails can carry it and nothing of it is stored. */
  of: (orderId: string) => string
  matches: (orderId: string, given: string | undefined) => Promise<boolean>
}

/** The newest key makes secrets; all of them open orders. */
export function createOrderSecrets(keys: Keys<Buffer>): OrderSecrets {
  const derive = (key: Buffer, orderId: string) =>
    createHmac('sha256', key).update(`order ${orderId}`).digest().subarray(0, 24)
  // A browser that opened several orders gives the secrets of all of them, separated by spaces.
  const opens = (orderId: string, given: string) =>
    given.split(' ').some((one) => {
      const bytes = Buffer.from(one, 'base64url')
      return bytes.length === 24 && keys.all().some((key) => timingSafeEqual(derive(key, orderId), bytes))
    })
  return {
    of: (orderId) => derive(keys.newest(), orderId).toString('base64url'),
    async matches(orderId, given) {
      if (given === undefined) return false
      return opens(orderId, given) || ((await keys.readAgain()) && opens(orderId, given))
    },
  }
}
