import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMemoryLive } from '../live/index.ts'
import type { Database } from '../sql/index.ts'
import { createMetrics, currentCorrelationId, runWithContext, silentLogger } from '../telemetry/index.ts'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import type { DeadLetter } from './bus.ts'
import {
  type BossBusOptions,
  createServiceEvents,
  type EventBus,
  eventsMigrations,
  on,
  onOutside,
  processAll,
  type ServiceEvents,
} from './index.ts'
import { doorOpened, ledger, mail, seatSold } from './tests/declarations.ts'

export type SuiteBus = {
  /** A bus on an engine that is this test's own; a second one of the same test meets the first one's events. */
  open: (options: Pick<BossBusOptions, 'live' | 'log' | 'tries' | 'alone'>) => Promise<EventBus>
  /** Where its tables are, in the schema `bus`. */
  db: Pick<Database, 'query'>
}

/** What every adapter of `EventBus` must do, together with outbox, relay and subscriptions. */
export function eventsSuite(prepare: (database: TestDatabase) => Promise<SuiteBus>): void {
  let database: TestDatabase
  let db: Database
  let engine: SuiteBus
  let bus: EventBus
  let service: ServiceEvents
  const closing: (() => Promise<void>)[] = []

  const openBus = async (tries = 3) => {
    const opened = await engine.open({ live: createMemoryLive(), log: silentLogger, tries })
    await opened.declare([ledger, mail])
    closing.push(() => opened.stop())
    return opened
  }
  const openService = (on: EventBus) => {
    const opened = createServiceEvents({ db, bus: on, log: silentLogger, metrics: createMetrics('suite') })
    closing.push(() => opened.stop())
    return opened
  }
  const sell = (...seats: string[]) =>
    db.transaction((tx) =>
      service.publisher.publishAll(
        tx,
        seats.map((seat, index) => ({
          event: seatSold,
          payload: { seat, price: 1250 },
          key: 'show-1',
          version: index,
        })),
      ),
    )
  const record = (text: string) => db.query('insert into effects (what) values ($1)', [text])
  const effects = async () => {
    const { rows } = await db.query<{ what: string }>('select what from effects order by position')
    return rows.map(({ what }) => what)
  }
  const writing = (also: (seat: string) => void = () => {}) =>
    on(ledger, {
      'seat.sold.v1': async ({ payload }, tx) => {
        await tx.query('insert into effects (what) values ($1)', [payload.seat])
        also(payload.seat)
      },
    })

  beforeEach(async () => {
    database = await testDatabase({ schema: 'suite', also: [{ name: 'events', from: eventsMigrations }] })
    db = database.db
    await db.query('create table effects (position bigint generated always as identity, what text)')
    engine = await prepare(database)
    bus = await openBus()
    service = openService(bus)
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await database.close()
  })

  test('what was published reaches every group that wants it, in order', async () => {
    const mailed: string[] = []
    service.start([
      writing(),
      on(mail, {
        'seat.sold.v1': async ({ payload }) => void mailed.push(payload.seat),
        'door.opened.v1': async ({ payload }) => void mailed.push(`door ${payload.door}`),
      }),
    ])
    await sell('A1', 'A2', 'A3')
    await db.transaction((tx) => service.publisher.publish(tx, doorOpened, { door: 'north' }, { key: 'd' }))
    await processAll(bus, [service])
    expect(await effects()).toEqual(['A1', 'A2', 'A3'])
    expect(mailed).toEqual(['A1', 'A2', 'A3', 'door north'])
    expect(await bus.backlog()).toEqual({})
  })

  test('events of one thing keep their order over many batches', async () => {
    service.start([writing()])
    const seats = Array.from({ length: 450 }, (_, index) => `S${index}`)
    for (let start = 0; start < seats.length; start += 45) await sell(...seats.slice(start, start + 45))
    await processAll(bus, [service])
    expect(await effects()).toEqual(seats)
  })

  test('nothing is announced that did not happen', async () => {
    service.start([writing()])
    const failing = db.transaction(async (tx) => {
      await service.publisher.publish(tx, seatSold, { seat: 'A1', price: 1 }, { key: 'x' })
      throw new Error('the card was declined')
    })
    await expect(failing).rejects.toThrow('declined')
    await processAll(bus, [service])
    expect(await effects()).toEqual([])
  })

  test('a payload that is not as declared is refused when it is published', async () => {
    const wrong = { seat: 'A1', price: 12.5 }
    await expect(
      db.transaction((tx) => service.publisher.publish(tx, seatSold, wrong, { key: 'x' })),
    ).rejects.toThrow()
  })

  test('an event waits for the first start of a group that wants it', async () => {
    await sell('A1')
    await processAll(bus, [service])
    await service.stop()
    await bus.stop()
    bus = await openBus()
    service = openService(bus)
    service.start([writing()])
    await processAll(bus, [service])
    expect(await effects()).toEqual(['A1'])
  })

  test('a signal after the commit is enough to get an event to its group', async () => {
    const sold = Promise.withResolvers<string>()
    service.start([writing(sold.resolve)])
    await processAll(bus, [service])
    const began = performance.now()
    await sell('A1')
    expect(await sold.promise).toBe('A1')
    expect(performance.now() - began).toBeLessThan(900)
  })

  test('a failure is tried again later and holds up nobody else', async () => {
    let broken = true
    service.start([
      writing((seat) => {
        if (seat === 'A1' && broken) throw new Error('the ledger is closed')
      }),
    ])
    await sell('A1', 'A2')
    await processAll(bus, [service])
    expect(await effects()).toEqual(['A2'])
    expect(await bus.backlog()).toEqual({
      'suite.ledger': { waiting: 1, dead: 0 },
      'suite.mail': { waiting: 2, dead: 0 },
    })
    broken = false
    await bus.hurry()
    await processAll(bus, [service])
    expect(await effects()).toEqual(['A2', 'A1'])
  })

  test('a group that hangs over what it tries again keeps nobody else from trying', async () => {
    const gate = Promise.withResolvers<void>()
    const mailed = Promise.withResolvers<string>()
    closing.push(async () => gate.resolve())
    const tries = { ledger: 0, mail: 0 }
    service.start([
      onOutside(ledger, {
        'seat.sold.v1': async () => {
          tries.ledger += 1
          if (tries.ledger === 1) throw new Error('the ledger is closed')
          await gate.promise
        },
      }),
      onOutside(mail, {
        'seat.sold.v1': async ({ payload }) => {
          tries.mail += 1
          if (tries.mail < 3) throw new Error('the post is away')
          mailed.resolve(payload.seat)
        },
        'door.opened.v1': async () => {},
      }),
    ])
    await sell('A1')
    await processAll(bus, [service])
    await bus.hurry()
    expect(await mailed.promise).toBe('A1')
  })

  /** So many dead letters, and none before the third try. */
  async function threeTriesLater(dead: number): Promise<DeadLetter[]> {
    for (let time = 0; time < 3; time++) {
      expect(await bus.deadLetters.list({ group: 'suite.ledger' })).toEqual([])
      await processAll(bus, [service])
      await bus.hurry()
    }
    const found = await bus.deadLetters.list({ group: 'suite.ledger' })
    expect(found).toHaveLength(dead)
    return found
  }

  test('what fails every time becomes a dead letter, to be read, given again or dropped', async () => {
    let broken = true
    service.start([
      writing(() => {
        if (broken) throw new Error('the ledger is closed')
      }),
    ])
    await sell('A1', 'A2')
    const letters = await threeTriesLater(2)
    expect(letters[0]).toMatchObject({ group: 'suite.ledger', reason: 'the ledger is closed', attempts: 3 })
    const a1 = letters.find(({ event }) => JSON.stringify(event.payload).includes('A1'))?.event.id ?? ''
    const a2 = letters.find(({ event }) => event.id !== a1)?.event.id ?? ''
    expect((await bus.deadLetters.show('suite.ledger', a1))?.event.key).toBe('show-1')

    expect(await bus.deadLetters.drop('suite.ledger', a2)).toBe(true)
    expect(await bus.deadLetters.replay('suite.ledger', a1)).toBe(1)
    expect(await threeTriesLater(1)).toMatchObject([{ event: { id: a1 }, attempts: 3 }])
    broken = false
    expect(await bus.deadLetters.replay('suite.ledger')).toBe(1)
    await bus.hurry()
    await processAll(bus, [service])
    expect(await effects()).toEqual(['A1'])
    expect(await bus.deadLetters.list()).toEqual([])
    expect(await bus.deadLetters.drop('suite.ledger', a1)).toBe(false)
  })

  test('dead letters are read page by page, each once', async () => {
    service.start([
      writing(() => {
        throw new Error('the ledger is closed')
      }),
    ])
    await sell('A1', 'A2', 'A3', 'A4', 'A5')
    const all = (await threeTriesLater(5)).map(({ event }) => event.id)
    const read: string[] = []
    for (let last: DeadLetter | undefined; ; ) {
      const after = last && { diedAt: last.diedAt, eventId: last.event.id }
      const page = await bus.deadLetters.list({ group: 'suite.ledger', limit: 2, after })
      expect(page.length).toBeLessThanOrEqual(2)
      read.push(...page.map(({ event }) => event.id))
      last = page.at(-1)
      if (!last) break
    }
    expect(read).toEqual(all)
  })

  test('an event that is delivered twice is applied once, also when it fails at first', async () => {
    let broken = true
    service.start([
      writing(() => {
        if (broken) throw new Error('the ledger is closed')
      }),
    ])
    const sold = {
      id: '019a0000-0000-7000-8000-000000000001',
      name: 'seat.sold.v1',
      key: 'show-1',
      version: 1,
      position: 1,
      occurredAt: '2026-11-21T10:00:00Z',
      correlationId: 'abc',
      payload: { seat: 'A1', price: 1 },
    }
    await bus.deliver([sold, sold])
    await bus.deliver([sold])
    await processAll(bus, [service])
    expect((await bus.backlog())['suite.ledger']).toEqual({ waiting: 1, dead: 0 })
    broken = false
    await bus.hurry()
    await processAll(bus, [service])
    await bus.deliver([sold])
    await processAll(bus, [service])
    expect(await effects()).toEqual(['A1'])
  })

  test('events that share a transaction are tried singly when it fails', async () => {
    const tried: string[] = []
    service.start([
      on(
        ledger,
        {
          'seat.sold.v1': async ({ payload }, tx) => {
            tried.push(payload.seat)
            await tx.query('insert into effects (what) values ($1)', [payload.seat])
            if (payload.seat === 'A2') throw new Error('A2 is odd')
          },
        },
        { together: 10 },
      ),
    ])
    await sell('A1', 'A2', 'A3')
    await processAll(bus, [service])
    expect(await effects()).toEqual(['A1', 'A3'])
    expect(tried).toEqual(['A1', 'A2', 'A1', 'A2', 'A3'])
  })

  test('a handler may ask outside first, and its effect is still applied once', async () => {
    const answers: boolean[] = []
    service.start([
      onOutside(ledger, {
        'seat.sold.v1': async ({ payload }, apply) => {
          await record(`asked for ${payload.seat}`)
          const effect = () =>
            apply(async (tx) => void (await tx.query("insert into effects (what) values ('done')")))
          answers.push(await effect(), await effect())
        },
      }),
    ])
    await sell('A1')
    await processAll(bus, [service])
    expect(await effects()).toEqual(['asked for A1', 'done'])
    expect(answers).toEqual([true, false])
  })

  test('an event whose effect lies outside is remembered once it is through, however often it comes', async () => {
    let falters = true
    service.start([
      onOutside(ledger, {
        'seat.sold.v1': async ({ payload }) => {
          await record(`told about ${payload.seat}`)
          if (falters) throw new Error('nobody listened')
        },
      }),
    ])
    const remembered = async () =>
      (await db.query('select event_id from applied_events where group_name = $1', [ledger.name])).rowCount
    await sell('A1')
    await processAll(bus, [service])
    expect(await remembered()).toBe(0)
    falters = false
    await sell('A2')
    await processAll(bus, [service])
    expect(await remembered()).toBe(1)
  })

  test('the correlation id of the request travels with the event into its handlers', async () => {
    const seen: unknown[] = []
    service.start([writing(() => seen.push(currentCorrelationId()))])
    await runWithContext({ correlationId: 'request-7' }, () => sell('A1'))
    await processAll(bus, [service])
    expect(seen).toEqual(['request-7'])
  })

  test('an event made in a batch for many requests carries the one that caused it', async () => {
    const seen: unknown[] = []
    service.start([writing(() => seen.push(currentCorrelationId()))])
    await db.transaction((tx) =>
      service.publisher.publishAll(
        tx,
        ['request-1', 'request-2'].map((correlationId) => ({
          event: seatSold,
          payload: { seat: correlationId, price: 1 },
          key: 'show-1',
          cause: { correlationId },
        })),
      ),
    )
    await processAll(bus, [service])
    expect(seen).toEqual(['request-1', 'request-2'])
  })

  test('a stop lets the event in hand finish', async () => {
    const begun = Promise.withResolvers<void>()
    const gate = Promise.withResolvers<void>()
    service.start([
      on(ledger, {
        'seat.sold.v1': async ({ payload }, tx) => {
          begun.resolve()
          await gate.promise
          await tx.query('insert into effects (what) values ($1)', [payload.seat])
        },
      }),
    ])
    await sell('A1')
    await begun.promise
    const stopped = service.stop()
    gate.resolve()
    await stopped
    expect(await effects()).toEqual(['A1'])
  })

  test('a stop lets an event finish that is being tried again', async () => {
    const begun = Promise.withResolvers<void>()
    let tries = 0
    service.start([
      on(ledger, {
        'seat.sold.v1': async ({ payload }, tx) => {
          tries += 1
          if (tries === 1) throw new Error('the ledger is closed')
          begun.resolve()
          await tx.query('select pg_sleep(0.3)')
          await tx.query('insert into effects (what) values ($1)', [payload.seat])
        },
      }),
    ])
    await sell('A1')
    await processAll(bus, [service])
    await bus.hurry()
    await begun.promise
    await service.stop()
    expect(await effects()).toEqual(['A1'])
  })
}
