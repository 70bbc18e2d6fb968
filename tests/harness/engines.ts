import {
  type EtcdEngine,
  etcdAtHand,
  type RabbitEngine,
  type RedisEngine,
  rabbitAtHand,
  redisAtHand,
  startEtcd,
  startRabbit,
  startRedis,
} from '@marquee/kit/testing'
import { inTurn } from './in-turn.ts'

/** What an installation may have beside PostgreSQL. */
export type Engines = {
  redis: RedisEngine | undefined
  rabbit: RabbitEngine | undefined
  etcd: EtcdEngine | undefined
  /** Does something to one of them while nobody else does: what two did to its files at once is no fault of a house. */
  alone: <T>(name: EngineName, work: () => Promise<T>) => Promise<T>
  /** Where they are, as the product is told. */
  env: Record<string, string>
  remove: () => Promise<void>
}
export type EngineName = 'redis' | 'rabbit' | 'etcd'

/** Starts those that are wanted and at hand. */
export async function openEngines(wanted: readonly EngineName[]): Promise<Engines> {
  const redis = wanted.includes('redis') && redisAtHand() ? await startRedis() : undefined
  const rabbit = wanted.includes('rabbit') && rabbitAtHand() ? await startRabbit() : undefined
  const etcd = wanted.includes('etcd') && etcdAtHand() ? await startEtcd() : undefined
  const turns = { redis: inTurn(), rabbit: inTurn(), etcd: inTurn() }
  return {
    redis,
    rabbit,
    etcd,
    alone: (name, work) => turns[name](work),
    env: {
      ...(redis ? { REDIS_URL: redis.url } : {}),
      ...(rabbit ? { RABBITMQ_URL: rabbit.url } : {}),
      ...(etcd ? { ETCD_URL: etcd.url, MARQUEE_DISCOVERY: 'etcd' } : {}),
    },
    remove: async () => {
      await Promise.all([redis?.remove(), rabbit?.remove(), etcd?.remove()])
    },
  }
}
