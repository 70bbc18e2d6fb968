import { operationsContract } from '@marquee/contracts/operations'
import { connect, group, type Implementation, localLink } from '@marquee/kit/contract'
import { createBossBus, type EventBus } from '@marquee/kit/events'
import { createMemoryLive } from '@marquee/kit/live'
import { createMetrics, type Logger, silentLogger } from '@marquee/kit/telemetry'
import { admin, person, type TestDatabase, testDatabase } from '@marquee/kit/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { backlogJob, createOperations } from './operations.ts'

const sold = { kind: 'event' as const, name: 'seat.sold.v1', schema: z.object({ to: z.string() }) }
const ledger = group('suite.ledger', [sold])
const idOf = (at: number) => `019a0000-0000-7000-8000-00000000000${at}`

let database: TestDatabase
let bus: EventBus
let noted: { message: string; what: Record<string, unknown> }[]
let isBroken: boolean
beforeEach(async () => {
  database = await testDatabase({ schema: 'suite' })
  await database.admin.query('create schema bus')
  bus = await createBossBus({
    url: database.adminUrl,
    poolSize: 2,
    live: createMemoryLive(),
    log: silentLogger,
    tries: 1,
  })
  noted = []
  isBroken = true
  await bus.declare([ledger])
  await bus.deliver(
    [1, 2, 3].map((at) => ({
      id: idOf(at),
      name: sold.name,
      key: `show-${at}`,
      version: 1,
      position: at,
      occurredAt: '2026-11-21T10:00:00Z',
      correlationId: 'abc',
      payload: { to: 'somebody' },
    })),
  )
  bus.consume(ledger.name, {
    batchSize: 1,
    handle: async () => [isBroken ? { ok: false, error: new Error('the ledger is closed') } : { ok: true }],
  })
  await bus.drain()
})
afterEach(async () => {
  await bus.stop()
  await database.close()
})

function operator(who = admin()) {
  const log = {
    ...silentLogger,
    warn: (what: Record<string, unknown>, message: string) => void noted.push({ what, message }),
  } as unknown as Logger
  const implementation = createOperations({ bus, log, groups: [ledger.name] }) as unknown as Implementation
  return connect(
    operationsContract,
    localLink(() => implementation),
    { service: 'test', correlationId: () => 'request-1' },
  ).as(who)
}

test('dead letters are listed a page at a time, without what they say', async () => {
  const first = await operator().listDeadLetters({ group: ledger.name, limit: 2 })
  const second = await operator().listDeadLetters({ limit: 2, cursor: first.nextCursor ?? '' })
  expect(second.nextCursor).toBe(null)
  const all = [...first.items, ...second.items]
  expect(all.map(({ eventId }) => eventId).toSorted()).toEqual([1, 2, 3].map(idOf))
  expect(all[0]).toMatchObject({ group: ledger.name, event: sold.name, reason: 'the ledger is closed' })
  expect(JSON.stringify(all)).not.toContain('somebody')
})

test('who reads what a dead letter says, or gives it up, is noted', async () => {
  const who = admin()
  const one = { group: ledger.name, eventId: idOf(1) }
  expect(await operator(who).showDeadLetter(one)).toMatchObject({
    payload: { to: 'somebody' },
    key: 'show-1',
  })
  await operator(who).dropDeadLetter(one)
  await operator(who).dropDeadLetter(one)
  expect(await operator(who).attempt.showDeadLetter(one)).toMatchObject({ ok: false, code: 'not-found' })
  expect(noted.map(({ message, what }) => [message, what.userId, what.eventId])).toEqual([
    ['a dead letter was read', who.userId, idOf(1)],
    ['a dead letter was dropped', who.userId, idOf(1)],
    ['a dead letter was dropped', who.userId, idOf(1)],
  ])
})

test('a dead letter that is given again is handled, and giving it again once more changes nothing', async () => {
  isBroken = false
  const one = { group: ledger.name, eventId: idOf(2) }
  expect(await operator().replayDeadLetter(one)).toEqual({ replayed: 1 })
  await bus.drain()
  expect(await operator().replayDeadLetter(one)).toEqual({ replayed: 0 })
  expect(await operator().replayDeadLetters({ group: ledger.name })).toEqual({ replayed: 2 })
  await bus.drain()
  expect(await operator().listDeadLetters({})).toEqual({ items: [], nextCursor: null })
})

test('a group that nobody knows has nothing to give again', async () => {
  const unknown = { ok: false, code: 'not-found' }
  expect(await operator().attempt.replayDeadLetters({ group: 'suite.leger' })).toMatchObject(unknown)
  expect(await operator().attempt.replayDeadLetter({ group: 'suite.leger', eventId: idOf(1) })).toMatchObject(
    unknown,
  )
})

test('nobody else gets near them', async () => {
  expect(await operator(person()).attempt.listDeadLetters({})).toMatchObject({ ok: false, code: 'forbidden' })
})

const goingOn = new AbortController().signal

test('metrics say how much is dead, and say 0 once nothing is', async () => {
  const metrics = createMetrics('server')
  const job = backlogJob(bus, metrics)
  await job.work(goingOn)
  expect(await metrics.text()).toContain('marquee_events_dead{service="server",group="suite.ledger"} 3')
  isBroken = false
  await bus.deadLetters.replay(ledger.name)
  await bus.drain()
  await job.work(goingOn)
  expect(await metrics.text()).toContain('marquee_events_dead{service="server",group="suite.ledger"} 0')
})

test('metrics say when nobody can tell how much waits', async () => {
  const metrics = createMetrics('server')
  let isAway = true
  const job = backlogJob(
    { backlog: () => (isAway ? Promise.reject(new Error('the broker is away')) : bus.backlog()) },
    metrics,
  )
  await expect(job.work(goingOn)).rejects.toThrow('the broker is away')
  expect(await metrics.text()).toContain('marquee_events_bus_up{service="server"} 0')
  isAway = false
  await job.work(goingOn)
  expect(await metrics.text()).toContain('marquee_events_bus_up{service="server"} 1')
})
