import { afterEach, beforeEach, expect, test } from 'vitest'
import type { GroupDeclaration } from '../contract/index.ts'
import { createMemoryLive } from '../live/index.ts'
import { silentLogger } from '../telemetry/index.ts'
import { type TestDatabase, testDatabase } from '../testing/index.ts'
import type { SuiteBus } from './events-suite.ts'
import type { EventBus } from './index.ts'
import { envelope, ledger, mail, seatMoved, seatSold } from './tests/declarations.ts'

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
}

const sold = () => envelope(seatSold.name, { seat: 'A1', price: 1 })
const moved = () => envelope(seatMoved.name, { from: 'A1', to: 'A2' })
