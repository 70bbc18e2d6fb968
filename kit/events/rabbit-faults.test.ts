import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createMemoryLive } from '../live/index.ts'
import { createMetrics, silentLogger } from '../telemetry/index.ts'
import {
  type RabbitEngine,
  rabbitAtHand,
  startRabbit,
  type TestDatabase,
  testDatabase,
} from '../testing/index.ts'
import { createBossBus } from './boss-bus.ts'
import {
  createServiceEvents,
  type EventBus,
  eventsMigrations,
  on,
  processAll,
  type ServiceEvents,
} from './index.ts'
import { createRabbitBus } from './rabbit-bus.ts'
import { busMigrations } from './set-aside.ts'
import { ledger, seatSold } from './tests/declarations.ts'

const soon = (look: () => Promise<void>) => vi.waitFor(look, { timeout: 30_000, interval: 50 })

describe.skipIf(!rabbitAtHand())('a RabbitMQ that fails', () => {
  let rabbit: RabbitEngine
  let service: TestDatabase
  let beside: TestDatabase
  let installation: string
  let bus: EventBus
  let events: ServiceEvents
  const closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    rabbit = await startRabbit()
  }, 90_000)
  afterAll(() => rabbit?.remove())

  const openBus = async () => {
    const opened = await createRabbitBus({
      broker: rabbit.url,
      url: beside.url,
      installation,
      log: silentLogger,
      poolSize: 2,
      deadline: 1000,
    })
    await opened.declare([ledger])
    closing.push(() => opened.stop())
    return opened
  }
  const openEvents = (on: EventBus) => {
    const opened = createServiceEvents({
      db: service.db,
      bus: on,
      log: silentLogger,
      metrics: createMetrics('suite'),
    })
    closing.push(() => opened.stop())
    return opened
  }
  beforeEach(async () => {
    service = await testDatabase({ schema: 'suite', also: [{ name: 'events', from: eventsMigrations }] })
    beside = await testDatabase({ schema: 'bus', also: [{ name: 'bus', from: busMigrations }] })
    await service.db.query('create table effects (position bigint generated always as identity, what text)')
    installation = `test-${randomBytes(4).toString('hex')}`
    bus = await openBus()
    events = openEvents(bus)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await service.close()
    await beside.close()
  })

  const sell = (...seats: string[]) =>
    service.db.transaction((tx) =>
      events.publisher.publishAll(
        tx,
        seats.map((seat) => ({ event: seatSold, payload: { seat, price: 1 }, key: 'show-1' })),
      ),
    )
  const take = (by = events) =>
    by.start([
      on(ledger, {
        'seat.sold.v1': async ({ payload }, tx) =>
          void (await tx.query('insert into effects (what) values ($1)', [payload.seat])),
      }),
    ])
  const effects = async () =>
    (await service.db.query<{ what: string }>('select what from effects order by position')).rows.map(
      ({ what }) => what,
    )
  const inOutbox = async () =>
    (await service.db.query<{ count: number }>('select count(*)::int as count from outbox')).rows[0]?.count

  test('while it is away events stay in the outbox, and go on by themselves when it is back', async () => {
    take()
    await sell('A1')
    await processAll(bus, [events])
    await rabbit.kill()
    await sell('A2', 'A3')
    await expect(events.relay()).rejects.toThrow()
    expect(await inOutbox()).toBe(2)
    await rabbit.start()
    await soon(async () => expect(await effects()).toEqual(['A1', 'A2', 'A3']))
    expect(await inOutbox()).toBe(0)
  }, 90_000)

  test('what it had confirmed is still there after it was killed', async () => {
    await sell('A1', 'A2')
    await events.relay()
    await rabbit.kill()
    await rabbit.start()
    take()
    await soon(async () => expect(await effects()).toEqual(['A1', 'A2']))
  }, 90_000)

  test('a start while it is away goes on without it, and catches up', async () => {
    await rabbit.kill()
    const late = await createRabbitBus({
      broker: rabbit.url,
      url: beside.url,
      installation,
      log: silentLogger,
      patience: 100,
    })
    closing.push(() => late.stop())
    await late.declare([ledger])
    const others = openEvents(late)
    take(others)
    await sell('A1')
    await rabbit.start()
    await soon(async () => expect(await effects()).toEqual(['A1']))
  }, 90_000)

  test('one that lost everything is furnished anew, and given again what it had confirmed', async () => {
    await sell('A1', 'A2')
    await events.relay()
    expect(await bus.backlog()).toEqual({ 'suite.ledger': { waiting: 2, dead: 0 } })
    await rabbit.wipe()
    await rabbit.start()
    take()
    await soon(async () => expect(await effects()).toEqual(['A1', 'A2']))
    await rabbit.wipe()
    await rabbit.start()
    await sell('A3')
    await soon(async () => expect(await effects()).toEqual(['A1', 'A2', 'A3']))
    await soon(async () => expect(await bus.backlog()).toEqual({}))
    expect(await effects()).toEqual(['A1', 'A2', 'A3'])
  }, 90_000)

  test('one that hangs is not waited for, and nothing is applied twice when it goes on', async () => {
    take()
    await sell('A1')
    await processAll(bus, [events])
    await rabbit.freeze()
    await sell('A2')
    await expect(events.relay()).rejects.toThrow()
    expect(await inOutbox()).toBe(1)
    await rabbit.resume()
    await soon(async () => expect(await effects()).toEqual(['A1', 'A2']))
    await soon(async () => expect(await inOutbox()).toBe(0))
    await processAll(bus, [events])
    expect(await effects()).toEqual(['A1', 'A2'])
  }, 90_000)

  test('a server killed between an effect and its acknowledgement applies the event once', async () => {
    await sell('A1')
    await events.relay()
    const child = spawn(
      process.execPath,
      [
        fileURLToPath(new URL('./tests/killed-consumer.ts', import.meta.url)),
        ...[service.url, beside.url, rabbit.url, installation],
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    expect(await effects()).toEqual(['A1'])
    await soon(async () => expect(await bus.backlog()).toEqual({ 'suite.ledger': { waiting: 1, dead: 0 } }))
    take()
    await processAll(bus, [events])
    expect(await effects()).toEqual(['A1'])
    expect(await bus.backlog()).toEqual({})
  }, 60_000)

  test('what waited in the embedded bus is taken over by an installation that gets a broker', async () => {
    const before = await createBossBus({ url: beside.url, live: createMemoryLive(), log: silentLogger })
    await before.declare([ledger])
    const embedded = openEvents(before)
    await sell('A1', 'A2')
    await embedded.relay()
    await before.stop()
    const after = await openBus()
    const taking = openEvents(after)
    take(taking)
    await processAll(after, [taking])
    expect(await effects()).toEqual(['A1', 'A2'])
    expect(await after.backlog()).toEqual({})
  }, 60_000)
})
