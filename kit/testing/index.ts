export { advanceClock } from './advance-clock.ts'
export { type Booted, type BootOptions, bootService, neighbour } from './boot-service.ts'
export type { BorrowedEngine } from './borrowed-engine.ts'
export { admin, anonymous, guest, person, serviceCaller } from './callers.ts'
export { countQueries, sentStatements } from './count-queries.ts'
export {
  borrowEtcd,
  type EtcdEngine,
  etcdAtHand,
  etcdReachable,
  startEtcd,
  startEtcdMembers,
} from './etcd-engine.ts'
export { isAtOnce } from './is-at-once.ts'
export { ownPort } from './own-port.ts'
export {
  borrowRabbit,
  type RabbitEngine,
  rabbitAtHand,
  rabbitReachable,
  startRabbit,
} from './rabbit-engine.ts'
export { readWhole } from './read-whole.ts'
export {
  borrowRedis,
  type RedisEngine,
  redisAtHand,
  redisReachable,
  startRedis,
  startSentinel,
} from './redis-engine.ts'
export { type TestDatabase, type TestDatabaseOptions, testDatabase } from './test-database.ts'
export { endTestServer, prepareTestServer, type TestServer, testServer } from './test-server.ts'
