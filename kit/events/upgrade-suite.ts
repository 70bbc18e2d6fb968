import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GroupDeclaration } from '../contract/index.ts'
import { createMemoryLive } from '../live/index.ts'
import { silentLogger } from '../telemetry/index.ts'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import type { SuiteBus } from './events-suite.ts'
import type { EventBus } from './index.ts'
import { doorOpened, envelope, ledger, mail, seatMoved, seatSold } from './tests/declarations.ts'

/** What every adapter of `EventBus` must do while the versions of its processes change. */
export function upgradeSuite(prepare: (database: TestDatabase) => Promise<SuiteBus>): void {
  let database: TestDatabase
  let engine: SuiteBus
  let bus: EventBus
  const closing: (() => Promise<void>)[] = []

  const openBus = async (groups: readonly GroupDeclaration[] = [ledger, mail]) => {
    const opened = await engine.open({ live: createMemoryLive(), log: silentLogger, tries: 3 })
    closing.push(() => opened.stop())
    await opened.declare(groups)
    return opened
  }

  beforeEach(async () => {
    database = await testDatabase({ schema: 'suite' })
    engine = await prepare(database)
    bus = await openBus()
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await database.close()
  })

  test('a group of a newer version gets what older processes relay, also what only that version knows', async () => {
    const next = { ...ledger, name: 'suite.next-version', events: [seatSold, seatMoved] }
    await bus.deliver([sold()])
    const newer = await openBus([ledger, mail, next])
    await bus.deliver([sold(), moved()])
    expect(await newer.backlog()).toEqual({
      'suite.ledger': { waiting: 2, dead: 0 },
      'suite.mail': { waiting: 2, dead: 0 },
      'suite.next-version': { waiting: 2, dead: 0 },
    })
  })

  test('an event that a newer version of a group does not want any more is not kept for it', async () => {
    await bus.stop()
    const newer = await openBus([{ ...ledger, events: [] }, mail])
    await newer.deliver([sold()])
    expect(await newer.backlog()).toEqual({ 'suite.mail': { waiting: 1, dead: 0 } })
  })

  test('an event that waited when its group ceased to want it is done with, and takes nobody along', async () => {
    await bus.deliver([sold(), opened(), sold()])
    await bus.stop()
    const newer = await openBus([ledger, { ...mail, events: [doorOpened] }])
    const taken = taking(newer, mail.name)
    await newer.drain()
    expect(taken).toEqual(['door.opened.v1'])
    expect((await newer.backlog())[mail.name]).toBeUndefined()
  })

  test('an older process that starts during an upgrade strikes out nothing that the newer version added', async () => {
    const newer = await openBus([{ ...ledger, events: [seatSold, seatMoved] }, mail])
    const older = await openBus()
    await older.deliver([moved()])
    expect(await newer.backlog()).toEqual({ 'suite.ledger': { waiting: 1, dead: 0 } })
  })

  test('an event that comes to an older process of its group waits for the newer version', async () => {
    const newer = await openBus([{ ...ledger, events: [seatSold, seatMoved] }, mail])
    const older = await openBus()
    const takenByOlder = taking(older, ledger.name)
    await older.deliver([moved()])
    await older.drain()
    expect(await newer.backlog()).toEqual({ 'suite.ledger': { waiting: 1, dead: 0 } })
    await older.stop()
    const taken = taking(newer, ledger.name)
    await newer.hurry()
    await newer.drain()
    expect({ takenByOlder, taken }).toEqual({ takenByOlder: [], taken: ['seat.moved.v1'] })
    expect(await newer.backlog()).toEqual({})
  })

  test('after an upgrade that was taken back, what only the newer version took is done with a week later', async () => {
    await (await openBus([{ ...ledger, events: [seatSold, seatMoved] }, mail])).stop()
    const older = await openBus()
    await older.deliver([moved()])
    await aWeekLater()
    const again = await openBus()
    taking(again, ledger.name)
    await again.deliver([moved()])
    await again.hurry()
    await again.drain()
    expect(await again.backlog()).toEqual({})
  })

  test('a group that nobody has declared for a week is given nothing more', async () => {
    const gone = { ...ledger, name: 'suite.gone' }
    await (await openBus([ledger, mail, gone])).stop()
    await aWeekLater()
    const newer = await openBus()
    await newer.deliver([sold()])
    const curious = await openBus([ledger, mail, { ...gone, events: [] }])
    expect(await curious.backlog()).toEqual({
      'suite.ledger': { waiting: 1, dead: 0 },
      'suite.mail': { waiting: 1, dead: 0 },
    })
  })

  function taking(by: EventBus, group: string): string[] {
    const taken: string[] = []
    by.consume(group, {
      batchSize: 10,
      async handle(events) {
        taken.push(...events.map(({ name }) => name))
        return events.map(() => ({ ok: true }))
      },
    })
    return taken
  }

  const aWeekLater = () =>
    engine.db.query("update bus.group_version set renewed_at = renewed_at - interval '8 days'")
}

const sold = () => envelope(seatSold.name, { seat: 'A1', price: 1 })
const moved = () => envelope(seatMoved.name, { from: 'A1', to: 'A2' })
const opened = () => envelope(doorOpened.name, { door: 'north' })
