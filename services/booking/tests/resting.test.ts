import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { saveShow } from '../src/show-store.ts'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const hall = ['............', '............', '............', '............']
let guests = 0
const hold = (showId: string, ...seats: string[]) =>
  office.client
    .as(office.guest())
    .attempt.createOrder({ showId, seats: adult(...seats), email: `guest${guests++}@example.org` })
const rest = async (showId: string) => {
  const { items } = await office.client.asService().soldSeats({ showIds: [showId], restSeconds: 300 })
  return items.find((one) => one.showId === showId)?.seats ?? []
}
/** As theaters asks, which is at this version of the show. */
const restAt = (showId: string, version: number, { id = randomUUIDv7(), seconds = 300 } = {}) =>
  office.client.asService().attempt.soldSeats({
    showIds: [showId],
    restSeconds: seconds,
    rest: { id, versions: { [showId]: version } },
  })
const resume = (showId: string, restId: string) =>
  office.client.asService().resumeSales({ showIds: [showId], restId })
const hear = (show: Awaited<ReturnType<BoxOffice['putOn']>>, version: number) =>
  office.db.transaction((tx) => saveShow(tx, { ...show, version }, 48))

test('what is named as sold when a show goes to rest is all that is sold, whoever buys meanwhile', async () => {
  const { showId } = await office.putOn(hall)
  const pairs = ['A', 'B', 'C', 'D'].flatMap((row) =>
    Array.from({ length: 6 }, (_, at) => [`${row}${at * 2 + 1}`, `${row}${at * 2 + 2}`]),
  )
  const buying = pairs.slice(0, 12).map((pair) => hold(showId, ...pair))
  await Promise.race(buying)
  const resting = rest(showId)
  buying.push(...pairs.slice(12).map((pair) => hold(showId, ...pair)))
  const named = await resting
  const answers = await Promise.all(buying)
  const won = answers.flatMap((answer) => (answer.ok ? answer.value.seats.map(({ seatId }) => seatId) : []))
  expect(won.toSorted()).toEqual(named.toSorted())
  expect(answers.filter((answer) => !answer.ok).map((answer) => !answer.ok && answer.code)).toEqual(
    Array(24 - won.length / 2).fill('sales-closed'),
  )
  expect(await hold(showId, 'D11', 'D12')).toMatchObject({ ok: false, code: 'sales-closed' })
})

test('sales go on when booking hears of the change, is told that there is none, or five minutes have passed', async () => {
  const show = await office.putOn(hall)
  await rest(show.showId)
  expect(await hold(show.showId, 'A1', 'A2')).toMatchObject({ code: 'sales-closed' })
  await office.db.transaction((tx) => saveShow(tx, { ...show, version: show.version + 1 }, 48))
  expect(await hold(show.showId, 'A1', 'A2')).toMatchObject({ ok: true })

  await rest(show.showId)
  expect(await hold(show.showId, 'B1', 'B2')).toMatchObject({ code: 'sales-closed' })
  await office.client.asService().resumeSales({ showIds: [show.showId] })
  expect(await hold(show.showId, 'B1', 'B2')).toMatchObject({ ok: true })

  await rest(show.showId)
  expect(await hold(show.showId, 'C1', 'C2')).toMatchObject({ code: 'sales-closed' })
  await office.advance({ minutes: 6 })
  expect(await hold(show.showId, 'C1', 'C2')).toMatchObject({ ok: true })
})

test('news that were on their way already do not end a rest: it begins when they have come', async () => {
  const show = await office.putOn(hall, { version: 3 })
  expect(await restAt(show.showId, 4)).toMatchObject({
    status: 409,
    code: 'not-heard-yet',
    problem: { shows: [show.showId] },
  })
  expect(await hold(show.showId, 'A1', 'A2')).toMatchObject({ ok: true })
  await hear(show, 4)
  expect(await restAt(show.showId, 4)).toMatchObject({ ok: true })
  await hear(show, 3)
  await hear(show, 4)
  expect(await hold(show.showId, 'B1', 'B2')).toMatchObject({ code: 'sales-closed' })
  await hear(show, 5)
  expect(await hold(show.showId, 'B1', 'B2')).toMatchObject({ ok: true })
})

test('a show of which booking has not heard cannot rest, and none that is asked for with it does', async () => {
  const show = await office.putOn(hall)
  const unheard = randomUUIDv7()
  const asked = await office.client.asService().attempt.soldSeats({
    showIds: [show.showId, unheard],
    restSeconds: 300,
    rest: { id: randomUUIDv7(), versions: { [show.showId]: 1, [unheard]: 1 } },
  })
  expect(asked).toMatchObject({ code: 'not-heard-yet', problem: { shows: [unheard] } })
  expect(await hold(show.showId, 'A1', 'A2')).toMatchObject({ ok: true })
})

test('the end of one of two changes of a hall wakes no sales for the other', async () => {
  const show = await office.putOn(hall)
  const [refused, saved] = [randomUUIDv7(), randomUUIDv7()]
  await restAt(show.showId, 1, { id: refused })
  await restAt(show.showId, 1, { id: saved })
  await resume(show.showId, refused)
  expect(await hold(show.showId, 'A1', 'A2')).toMatchObject({ code: 'sales-closed' })
  await office.client.asService().resumeSales({ showIds: [show.showId] })
  expect(await hold(show.showId, 'A1', 'A2')).toMatchObject({ code: 'sales-closed' })
  await resume(show.showId, saved)
  expect(await hold(show.showId, 'A1', 'A2')).toMatchObject({ ok: true })

  await restAt(show.showId, 1, { id: refused })
  await restAt(show.showId, 1, { id: saved, seconds: 60 })
  await resume(show.showId, refused)
  expect(await hold(show.showId, 'B1', 'B2')).toMatchObject({ code: 'sales-closed' })
  await office.advance({ minutes: 2 })
  expect(await hold(show.showId, 'B1', 'B2')).toMatchObject({ ok: true })
})
