import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe } from 'vitest'
import {
  type BorrowedEngine,
  borrowRabbit,
  rabbitReachable,
  type TestDatabase,
  testDatabase,
} from '../testing/index.ts'
import { eventsSuite } from './events-suite.ts'
import { createRabbitBus } from './rabbit-bus.ts'
import { busMigrations } from './set-aside.ts'

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

  eventsSuite(async () => {
    const database = await testDatabase({ schema: 'bus', also: [{ name: 'bus', from: busMigrations }] })
    beside.push(database)
    const installation = `test-${randomBytes(4).toString('hex')}`
    return {
      open: ({ log, tries = 3 }) =>
        createRabbitBus({ broker: rabbit.url, url: database.url, installation, log, tries, poolSize: 2 }),
    }
  })
})
