import type { ShowFacts } from '@marquee/contracts/theaters'
import { serviceCaller } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'
import { hall } from './hold-one.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const inHours = (hours: number) => Temporal.Now.instant().add({ hours }).toString({ smallestUnit: 'second' })
const [sooner, later, latest] = [inHours(24), inHours(50), inHours(53)]
const hallTwo = { screenId: '01900000-0000-7000-8000-000000000002', screenName: 'Screen 2' }

/** Somebody with tickets for these seats. */
async function sell({ showId }: ShowFacts, ...seatIds: string[]) {
  const buyer = office.client.as(office.person())
  const { id: orderId } = await buyer.createOrder({ showId, seats: adult(...seatIds) })
  await buyer.payOrder({ orderId, method: 'sandbox', card: cards.pays })
  return {
    orderId,
    look: () => buyer.getOrder({ orderId }),
    giveBack: (tickets?: string[]) => buyer.refundOrder({ orderId, ...(tickets ? { tickets } : {}) }),
    calendar: () => buyer.orderCalendar({ orderId }),
  }
}
async function sold(more: Partial<ShowFacts> = {}) {
  const show = await office.putOn(hall, more)
  return { show, ...(await sell(show, 'A1', 'A2')) }
}

/** What is announced of moves to these orders, oldest first: from when, in which hall. */
async function told(...orderIds: string[]) {
  const all = (await office.announced()).filter(({ name }) => name === 'order.show-moved.v1')
  return all
    .map(({ payload }) => payload as { orderId: string; showVersion: number; before: ShowFacts })
    .filter(({ orderId }) => orderIds.includes(orderId))
    .map(({ showVersion, before: { startsAt, screenName } }) => [showVersion, startsAt, screenName])
}
const goingOn = new AbortController().signal
const tellMoves = () => office.booking().tellMoves(goingOn)
const leftToTell = async () => (await office.db.query('select from show_moves')).rowCount

test('who holds tickets for a show that begins later, or in another hall, is told once what they knew', async () => {
  const { show, orderId, look } = await sold()
  const moved = await office.tell(show, { startsAt: later })
  await tellMoves()
  await tellMoves()
  expect(await told(orderId)).toEqual([[2, show.startsAt, 'Screen 1']])
  expect((await look()).show.startsAt).toBe(later)
  await office.tell(moved, hallTwo)
  await tellMoves()
  expect(await told(orderId)).toEqual([
    [2, show.startsAt, 'Screen 1'],
    [3, later, 'Screen 1'],
  ])
  expect(await leftToTell()).toBe(0)
})

test('other news of a show tell nobody, nor a start and a hall that are only written in other words', async () => {
  const { show, orderId } = await sold()
  const startsAt = Temporal.Instant.from(show.startsAt).toString({ timeZone: 'Asia/Tokyo' })
  await office.tell(show, { startsAt, screenName: 'The Small One', movieTitle: 'The Harbor', prices: [] })
  expect(await leftToTell()).toBe(0)
  await tellMoves()
  expect(await told(orderId)).toEqual([])
})

test('news that come twice, or after newer ones, tell nobody again and nothing that is over', async () => {
  const { show, orderId } = await sold()
  await office.tell(show, { startsAt: latest, version: 3 })
  await office.tell(show, { startsAt: later, version: 2 })
  await tellMoves()
  for (const version of [3, 2]) await office.tell(show, { startsAt: latest, version })
  await tellMoves()
  expect(await told(orderId)).toEqual([[3, show.startsAt, 'Screen 1']])
})

test('moves in a row are told as one, to each from where they knew it to be', async () => {
  const { show, orderId } = await sold()
  const moved = await office.tell(show, { startsAt: later })
  const second = await sell(show, 'A3', 'A4')
  const again = await office.tell(moved, { startsAt: latest, ...hallTwo })
  const third = await sell(show, 'A5', 'A6')
  await tellMoves()
  expect(await told(orderId)).toEqual([[again.version, show.startsAt, 'Screen 1']])
  expect(await told(second.orderId)).toEqual([[again.version, later, 'Screen 1']])
  expect(await told(third.orderId)).toEqual([])
})

test('a show that is back where it was is told only to who bought while it was elsewhere', async () => {
  const { show, orderId } = await sold()
  const moved = await office.tell(show, { startsAt: later })
  const second = await sell(show, 'A3', 'A4')
  await office.tell(moved, { startsAt: show.startsAt })
  await tellMoves()
  expect(await told(orderId)).toEqual([])
  expect(await told(second.orderId)).toEqual([[3, later, 'Screen 1']])
})

test('who has not paid, or gave all tickets back, is told nothing; who kept one is', async () => {
  const { show, orderId, giveBack } = await sold()
  const unpaid = await office.client
    .as(office.person())
    .createOrder({ showId: show.showId, seats: adult('A3', 'A4') })
  const kept = await sell(show, 'A5', 'A6')
  const [ticket] = (await kept.look()).tickets
  await kept.giveBack([ticket?.id ?? ''])
  await giveBack()
  await office.tell(show, { startsAt: later })
  await tellMoves()
  expect(await told(orderId, unpaid.id)).toEqual([])
  expect(await told(kept.orderId)).toHaveLength(1)
})

test('a show that was to begin a moment ago and begins later is told of: its guests wait', async () => {
  const { show, orderId } = await sold({ startsAt: inHours(-1) })
  await office.tell(show, { startsAt: later })
  await tellMoves()
  expect(await told(orderId)).toEqual([[2, show.startsAt, 'Screen 1']])
})

test('a move of a show that was cancelled since, or begins before anybody is told, is told to nobody', async () => {
  const cancelled = await sold()
  await office.tell(cancelled.show, { startsAt: later })
  await office.cancel(cancelled.show)
  const past = await sold()
  await office.tell(past.show, { startsAt: inHours(-1) })
  await tellMoves()
  expect(await told(cancelled.orderId, past.orderId)).toEqual([])
  expect(await leftToTell()).toBe(0)
})

test('of a full house each is told once, though the process dies on the way and the show is moved again', async () => {
  const show = await office.putOn(Array.from({ length: 12 }, () => '..........'))
  await office.client.as(serviceCaller('demo')).seedOrders({ showId: show.showId, leave: 0 })
  const { rows } = await office.db.query<{ id: string }>(
    'select id from orders where show_id = $1 order by id',
    [show.showId],
  )
  const ids = rows.map(({ id }) => id)
  expect(ids).toHaveLength(60)
  const [first, last] = [ids.slice(0, 50), ids.slice(50)]
  const moved = await office.tell(show, { startsAt: later })
  const outboxFails = await failingFor(ids[55] ?? '')
  await expect(tellMoves()).rejects.toThrow()
  expect(await told(...ids)).toEqual(first.map(() => [2, show.startsAt, 'Screen 1']))

  await office.tell(moved, { startsAt: sooner })
  await outboxFails.noMore()
  const another = await office.another()
  await Promise.all([tellMoves(), another.tellMoves(goingOn)])
  expect(await told(...first)).toEqual([
    ...first.map(() => [2, show.startsAt, 'Screen 1']),
    ...first.map(() => [3, later, 'Screen 1']),
  ])
  expect(await told(...last)).toEqual(last.map(() => [3, show.startsAt, 'Screen 1']))
  expect(await leftToTell()).toBe(0)
})

test('the calendar file of a moved show is the same entry at its new time, and newer', async () => {
  const { show, calendar } = await sold()
  const lineOf = (file: string, name: string) => RegExp(`^${name}:(.*)\r$`, 'm').exec(file)?.[1] ?? ''
  const before = await calendar()
  await office.tell(show, { startsAt: later })
  const after = await calendar()
  expect(lineOf(after, 'UID')).toBe(lineOf(before, 'UID'))
  expect(lineOf(after, 'DTSTART')).toBe(later.replaceAll(/[-:]/g, ''))
  expect(Number(lineOf(after, 'SEQUENCE'))).toBeGreaterThan(Number(lineOf(before, 'SEQUENCE')))
})

/** PostgreSQL refuses what is announced of an order, as if the process ended there. */
async function failingFor(orderId: string) {
  await office.db.query(
    `create function refuse() returns trigger language plpgsql as $$ begin raise 'no more'; end $$`,
  )
  await office.db.query(
    `create trigger refusing before insert on outbox for each row
       when (new.payload ->> 'orderId' = '${orderId}') execute function refuse()`,
  )
  return { noMore: () => office.db.query('drop function refuse() cascade') }
}
