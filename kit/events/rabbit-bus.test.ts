import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createMemoryLive } from '../live/index.ts'
import { silentLogger } from '../telemetry/index.ts'
import {
  type BorrowedEngine,
  borrowRabbit,
  rabbitReachable,
  type TestDatabase,
  testDatabase,
} from '../testing/index.ts'
import { eventsSuite, type SuiteBus } from './events-suite.ts'
import { createRabbitBus } from './rabbit-bus.ts'
import { connectRabbit } from './rabbit-connection.ts'
import { busMigrations } from './set-aside.ts'
import { envelope, ledger, seatSold } from './tests/declarations.ts'
import { upgradeSuite } from './upgrade-suite.ts'

describe.skipIf(!rabbitReachable())('events through RabbitMQ', () => {
  let rabbit: BorrowedEngine
  const beside: TestDatabase[] = []
  beforeAll(async () => {
    rabbit = await borrowRabbit()
  }, 90_000)
  afterAll(() => rabbit?.remove())
  afterEach(async () => {
    for (const database of beside.splice(0)) await database.close()
  })

  const prepare = async () => {
    const database = await testDatabase({ schema: 'bus', also: [{ name: 'bus', from: busMigrations }] })
    beside.push(database)
    const installation = `test-${randomBytes(4).toString('hex')}`
    const open: SuiteBus['open'] = ({ log, tries = 3 }) =>
      createRabbitBus({ broker: rabbit.url, url: database.url, installation, log, tries, poolSize: 2 })
    return { open, db: database.db, installation }
  }
  describe('at all times', () => eventsSuite(prepare))
  describe('while versions change', () => upgradeSuite(prepare))

  test('a queue that somebody deleted stands again before what its group wants is called delivered', async () => {
    const { open, installation } = await prepare()
    const bus = await open({ live: createMemoryLive(), log: silentLogger })
    await bus.declare([ledger])
    const operator = connectRabbit(rabbit.url, { name: 'operator', onError: () => {} })
    await operator.queueDelete(`${installation}.${ledger.name}`)
    const sold = envelope(seatSold.name, { seat: 'A1', price: 1 })
    await expect(bus.deliver([sold])).rejects.toThrow('no queue')
    await bus.deliver([sold])
    expect(await bus.backlog()).toEqual({ 'suite.ledger': { waiting: 1, dead: 0 } })
    await Promise.all([bus.stop(), operator.close()])
  })
})
