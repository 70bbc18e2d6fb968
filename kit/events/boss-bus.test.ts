import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createMemoryLive } from '../live/index.ts'
import { createMetrics, silentLogger } from '../telemetry/index.ts'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import { createBossBus } from './boss-bus.ts'
import { eventsSuite, type SuiteBus } from './events-suite.ts'
import { createServiceEvents, eventsMigrations, on, processAll } from './index.ts'
import { envelope, ledger, seatSold } from './tests/declarations.ts'
import { upgradeSuite } from './upgrade-suite.ts'

describe('events through pg-boss', () => {
  const prepare = async ({ admin, adminUrl }: TestDatabase): Promise<SuiteBus> => {
    await admin.query('create schema bus')
    return { db: admin, open: (options) => createBossBus({ url: adminUrl, poolSize: 3, ...options }) }
  }
  describe('at all times', () => eventsSuite(prepare))
  describe('while versions change', () => upgradeSuite(prepare))
})

test('events handed over at once are taken in order, wherever their rows came to lie', async () => {
  const { admin, adminUrl, close } = await testDatabase({ schema: 'suite' })
  await admin.query('create schema bus')
  const bus = await createBossBus({ url: adminUrl, poolSize: 3, live: createMemoryLive(), log: silentLogger })
  await bus.declare([ledger])
  const positions = Array.from({ length: 120 }, (_, position) => position)
  await bus.deliver(positions.map(soldAt))
  await scatterRows()

  const taken: number[] = []
  const leave = bus.consume(ledger.name, {
    batchSize: 50,
    async handle(events) {
      taken.push(...events.map(({ position }) => position))
      return events.map(() => ({ ok: true }))
    },
  })
  await bus.drain()
  expect(taken).toEqual(positions)
  await leave()
  await bus.stop()
  await close()

  // As a table does by itself that reuses the room of deleted rows.
  async function scatterRows() {
    await admin.query('create temporary table kept as table bus.job_common')
    await admin.query('delete from bus.job_common')
    await admin.query("insert into bus.job_common select * from kept order by md5(data->>'position')")
  }
})

const soldAt = (position: number) => envelope(seatSold.name, { seat: `S${position}`, price: 1250 }, position)

test.each([
  { alone: true, others: 'nobody else is there' },
  { alone: false, others: 'other servers live on' },
])(
  'a server killed between an effect and its acknowledgement applies the event once; $others',
  async ({ alone }) => {
    const { db, url, admin, adminUrl, close } = await testDatabase({
      schema: 'suite',
      also: [{ name: 'events', from: eventsMigrations }],
    })
    await admin.query('create schema bus')
    await db.query('create table effects (what text)')
    const live = createMemoryLive()
    const bus = await createBossBus({ url: adminUrl, poolSize: 3, live, log: silentLogger })
    await bus.declare([ledger])
    const service = createServiceEvents({ db, bus, log: silentLogger, metrics: createMetrics('suite') })
    await db.transaction((tx) =>
      service.publisher.publish(tx, seatSold, { seat: 'A1', price: 1 }, { key: 'show-1' }),
    )
    await service.relay()
    await bus.stop()

    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./tests/killed-consumer.ts', import.meta.url)), url, adminUrl],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    expect((await db.query('select what from effects')).rows).toEqual([{ what: 'A1' }])

    const again = await createBossBus({ url: adminUrl, poolSize: 3, live, log: silentLogger, alone })
    await again.declare([ledger])
    expect(await again.backlog()).toEqual({ 'suite.ledger': { waiting: 1, dead: 0 } })
    if (!alone) await lastHeardOfTwoMinutesAgo()
    const successor = createServiceEvents({
      db,
      bus: again,
      log: silentLogger,
      metrics: createMetrics('suite'),
    })
    successor.start([
      on(ledger, {
        'seat.sold.v1': async ({ payload }, tx) =>
          void (await tx.query('insert into effects (what) values ($1)', [payload.seat])),
      }),
    ])
    if (!alone) await again.hurry()
    await processAll(again, [successor])
    expect((await db.query('select what from effects')).rows).toEqual([{ what: 'A1' }])
    expect(await again.backlog()).toEqual({})
    await successor.stop()
    await again.stop()
    await close()

    async function lastHeardOfTwoMinutesAgo() {
      await again.hurry()
      await processAll(again, [])
      expect(await again.backlog()).toEqual({ 'suite.ledger': { waiting: 1, dead: 0 } })
      await admin.query("update bus.job set heartbeat_on = heartbeat_on - interval '2 minutes'")
    }
  },
)
