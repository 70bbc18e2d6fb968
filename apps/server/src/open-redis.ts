import { randomUUIDv7 } from 'node:crypto'
import type { SecondLevel } from '@marquee/kit/cache'
import type { Live } from '@marquee/kit/live'
import { loadRedis, type RedisConnection } from '@marquee/kit/redis'
import type { Logger, Metrics } from '@marquee/kit/telemetry'
import { isWebBuilt, webRelease } from '@marquee/web'
import rootPackage from '../../../package.json' with { type: 'json' }

export type OpenRedis = {
  connection: RedisConnection
  live: Live
  cacheLevel: SecondLevel
  stop: () => Promise<void>
}

const patience = 1000

/**
 * Connects to Redis, for what processes share and can do without: live signals, answers, counts of calls. A Redis
 * that is away holds up no start.
 */
export async function openRedis(
  url: string,
  { log, metrics }: { log: Logger; metrics: Metrics },
): Promise<OpenRedis> {
  const { connectRedis, createRedisCacheLevel, createRedisLive } = await loadRedis()
  const connection = connectRedis(url, {
    onChange: (state) =>
      state.there
        ? log.info('Redis answers')
        : log.warn(
            { reason: state.reason },
            'Redis is away: every gateway counts limits for itself, answers are kept by each process alone, live signals go by PostgreSQL',
          ),
  })
  metrics.gauge('marquee_redis_up', 'Whether Redis answers', [], () => (connection.usable() ? 1 : 0))
  const [live] = await Promise.all([createRedisLive({ url }), connection.settled(patience)])
  const cacheLevel = createRedisCacheLevel({ redis: connection, release: await releaseName(), metrics })
  return { connection, live, cacheLevel, stop: connection.stop }
}

/** What shares answers: the same version with the same built site. A site that is yet to be built shares with nobody. */
async function releaseName(): Promise<string> {
  const site = (await isWebBuilt()) ? await webRelease() : randomUUIDv7()
  return `${rootPackage.version}-${site}`
}
