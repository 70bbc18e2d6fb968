import { createHash } from 'node:crypto'
import type { RedisClient } from './connect-redis.ts'

/**
 * A Lua script for Redis to run as one step: sent once, called by its hash from then on, and sent again to a server
 * that does not know it. Answers come as Redis gives them, with bytes for text. All keys must be of one slot.
 */
export function redisScript(lua: string) {
  const hash = createHash('sha1').update(lua).digest('hex')
  return async (
    client: RedisClient,
    keys: readonly string[],
    values: readonly (string | number | Buffer)[],
  ): Promise<unknown> => {
    try {
      return await client.callBuffer('evalsha', hash, String(keys.length), ...keys, ...values)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return client.callBuffer('eval', lua, String(keys.length), ...keys, ...values)
    }
  }
}
