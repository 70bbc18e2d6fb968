import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKeys } from '../src/key-store.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const rotate = (kind: 'ticket' | 'order-secret') =>
  office.db.query('insert into keys (id, kind, seed) values ($1, $2, $3)', [
    randomUUIDv7(),
    kind,
    randomBytes(32),
  ])

/** Keys of tickets as a process of its own has them. */
const openAt = (now: () => Temporal.Instant) =>
  openKeys(
    { db: office.db, now },
    { kind: 'ticket', idOf: () => randomUUIDv7(), keyOf: (seed) => seed.toString('hex') },
  )

test('what a newer process sold is good at one that started before the keys were rotated', async () => {
  await rotate('ticket')
  await rotate('order-secret')
  const newer = await office.another()
  const show = await office.putOn(['............'])
  const there = office.clientOf(() => newer)
  const email = 'mia@marquee.example'
  const order = await there.as(office.guest()).createOrder({ showId: show.showId, seats: adult('A1'), email })
  const buyer = office.guest(order.secret)
  await there.as(buyer).payOrder({ orderId: order.id, method: 'sandbox', card: cards.pays })
  newer.feed.stop()

  const { tickets } = await office.client.as(buyer).getOrder({ orderId: order.id })
  const usher = office.person()
  await office.hire(show, usher.userId ?? '', 'staff')
  const here = office.client.as(usher)
  expect(await here.checkIn({ code: tickets[0]?.code ?? '' })).toMatchObject({ result: 'admitted' })
  expect((await here.doorKeys()).keys).toHaveLength(2)
})

test('processes that start together for the first time have the same keys', async () => {
  await office.db.query('delete from keys')
  const [locked, asked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = office.db.transaction(async (tx) => {
    await tx.query('lock table keys in share mode')
    locked.resolve()
    await asked.promise
  })
  await locked.promise
  const starting = Promise.all([openAt(Temporal.Now.instant), openAt(Temporal.Now.instant)])
  for (let waiting = 0; waiting < 2; ) {
    const { rows } = await office.admin.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    )
    waiting = rows[0]?.waiting ?? 0
  }
  asked.resolve()
  await holding
  const [one, other] = await starting
  expect(one.all()).toHaveLength(1)
  expect(other.all()).toEqual(one.all())
})

test('strange codes do not make a process read its keys again and again', async () => {
  let now = Temporal.Now.instant()
  const keys = await openAt(() => now)
  const before = keys.all().length
  expect(await Promise.all([keys.readAgain(), keys.readAgain()])).toEqual([true, true])
  await rotate('ticket')
  expect(await keys.readAgain()).toBe(false)
  expect(keys.all()).toHaveLength(before)
  now = now.add({ seconds: 5 })
  expect(await keys.readAgain()).toBe(true)
  expect(keys.all()).toHaveLength(before + 1)
})
