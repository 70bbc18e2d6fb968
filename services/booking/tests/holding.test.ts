import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const hall = ['............', '............', '............', '............']
const email = 'guest@example.org'

test('a guest holds two seats for eight minutes and gets the secret of the order', async () => {
  const show = await office.putOn(hall)
  const order = await office.client
    .as(office.guest())
    .createOrder({ showId: show.showId, seats: adult('A1', 'A2'), email })
  expect(order).toMatchObject({
    status: 'held',
    total: { amount: 2600, currency: 'EUR' },
    holdSecondsLeft: 480,
  })
  expect(order.lines.map((line) => [line.kind, line.gross.amount])).toEqual([
    ['seat', 1250],
    ['seat', 1250],
    ['fee', 100],
  ])
  const again = await office.client.as(office.guest(order.secret)).getOrder({ orderId: order.id })
  expect(again.seats).toEqual(order.seats)
  expect(again.secret).toBeUndefined()
})

test('a stranger without the secret sees nothing of an order', async () => {
  const show = await office.putOn(hall)
  const order = await office.client
    .as(office.guest())
    .createOrder({ showId: show.showId, seats: adult('A1', 'A2'), email })
  const other = await office.client
    .as(office.guest())
    .createOrder({ showId: show.showId, seats: adult('B1', 'B2'), email })
  const look = (caller: ReturnType<typeof office.guest>) =>
    office.client.as(caller).attempt.getOrder({ orderId: order.id })
  expect(await look(office.guest())).toMatchObject({ ok: false, status: 401 })
  expect(await look(office.guest(other.secret))).toMatchObject({ ok: false, status: 403 })
  expect(await look(office.person())).toMatchObject({ ok: false, status: 403 })
})

test('a guest without an address is asked for one', async () => {
  const show = await office.putOn(hall)
  const attempt = await office.client
    .as(office.guest())
    .attempt.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  expect(attempt).toMatchObject({ ok: false, status: 422, problem: { errors: [{ path: 'email' }] } })
})

test('of hundreds who want the same few seats each seat goes to one', async () => {
  const show = await office.putOn(['......'])
  const pairs = [adult('A1', 'A2'), adult('A3', 'A4'), adult('A5', 'A6')]
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, at) =>
      office.client
        .as(office.person())
        .attempt.createOrder({ showId: show.showId, seats: pairs[at % 3] ?? [] }),
    ),
  )
  const won = answers.flatMap((answer) => (answer.ok ? answer.value.seats.map(({ seatId }) => seatId) : []))
  expect(won.sort()).toEqual(['A1', 'A2', 'A3', 'A4', 'A5', 'A6'])
  expect(answers.filter((answer) => !answer.ok && answer.code === 'seats-taken')).toHaveLength(297)
})

test('two processes never sell one seat twice', async () => {
  const show = await office.putOn(hall)
  const second = await office.another()
  const request = (userId: string, seatId: string) => ({
    orderId: userId,
    showId: show.showId,
    channel: 'online' as const,
    userId,
    email: null,
    network: null,
    seats: adult(seatId),
  })
  const seats = Array.from({ length: 12 }, (_, at) => `A${at + 1}`)
  const results = await Promise.all(
    Array.from({ length: 240 }, (_, at) => {
      const desk = at % 2 === 0 ? second : office.booking()
      return desk.holdSeats.hold(request(orderIdOf(at), seats[at % 12] ?? ''))
    }),
  )
  const won = results.flatMap((result) => (result.ok ? result.order.seats.map(({ seatId }) => seatId) : []))
  expect(new Set(won).size).toBe(won.length)
  second.feed.stop()
})

function orderIdOf(at: number): string {
  return `01990000-0000-7000-8000-${at.toString().padStart(12, '0')}`
}

test('a hold that ran out can be taken before the sweeper comes', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  expect(await buyer.attempt.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })).toMatchObject({
    code: 'seats-taken',
  })
  await office.advance({ minutes: 9 })
  const taken = await office.client
    .as(office.person())
    .createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  await office.booking().sweepHolds()
  const seats = await office.client.as(office.guest()).getSeats({ showId: show.showId })
  expect(seats?.taken).toEqual(['A1', 'A2'])
  expect(taken.status).toBe('held')
})

test('the sweeper frees a hold that ran out and says so', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  const before = await buyer.getSeats({ showId: show.showId })
  await office.advance({ minutes: 9 })
  expect((await buyer.getSeats({ showId: show.showId }))?.taken).toEqual(['A1', 'A2'])
  await office.booking().sweepHolds()
  expect((await buyer.getOrder({ orderId: order.id })).status).toBe('expired')
  const after = await buyer.getSeats({ showId: show.showId, since: before?.version })
  expect(after).toMatchObject({ from: before?.version, taken: [], freed: ['A1', 'A2'] })
  expect(await office.announced()).toContainEqual({
    name: 'order.expired.v1',
    payload: { orderId: order.id, version: 2 },
  })
})

test('a swap trades the seats, and one that fails keeps the old ones', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  await office.client.as(office.person()).createOrder({ showId: show.showId, seats: adult('B1', 'B2') })
  const swapped = await buyer.swapSeats({ orderId: order.id, seats: adult('A2', 'A1', 'A3') })
  expect(swapped.seats.map(({ seatId }) => seatId)).toEqual(['A2', 'A1', 'A3'])
  const refused = await buyer.attempt.swapSeats({ orderId: order.id, seats: adult('B2', 'B3') })
  expect(refused).toMatchObject({ ok: false, status: 409, code: 'seats-taken', problem: { seats: ['B2'] } })
  const seats = await buyer.getSeats({ showId: show.showId })
  expect(seats?.taken.sort()).toEqual(['A1', 'A2', 'A3', 'B1', 'B2'])
})

test('a swap that names the order as it was before another one changes nothing', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  const { id: orderId, version } = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  const swap = (...seatIds: string[]) =>
    buyer.attempt.swapSeats(
      { orderId, seats: adult(...seatIds) },
      { headers: { 'if-match': `"${version}"` } },
    )
  expect(await swap('B1', 'B2')).toMatchObject({ ok: true, value: { version: version + 1 } })
  expect(await swap('A3', 'A4')).toMatchObject({ status: 412, code: 'version-mismatch' })
  expect((await buyer.getOrder({ orderId })).seats.map(({ seatId }) => seatId)).toEqual(['B1', 'B2'])
})

test('a hold is extended once', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  expect((await buyer.extendHold({ orderId: order.id })).holdSecondsLeft).toBeGreaterThan(700)
  expect(await buyer.attempt.extendHold({ orderId: order.id })).toMatchObject({ code: 'already-extended' })
})

test('letting an order go frees its seats at once, and doing so twice is no error', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  const order = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  await buyer.releaseOrder({ orderId: order.id })
  await buyer.releaseOrder({ orderId: order.id })
  expect((await buyer.getSeats({ showId: show.showId }))?.taken).toEqual([])
})

test('the same key gives the same order, another body with it is refused', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  const idempotencyKey = `key-${show.showId}`
  const first = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') }, { idempotencyKey })
  await office.restart()
  const again = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') }, { idempotencyKey })
  expect(again.id).toBe(first.id)
  const other = await buyer.attempt.createOrder(
    { showId: show.showId, seats: adult('B1', 'B2') },
    { idempotencyKey },
  )
  expect(other).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
})

test('a person holds at most twenty unpaid seats of a show', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person())
  const row = (name: string) => adult(...Array.from({ length: 10 }, (_, at) => `${name}${at + 1}`))
  await buyer.createOrder({ showId: show.showId, seats: row('A') })
  await buyer.createOrder({ showId: show.showId, seats: row('B') })
  const more = await buyer.attempt.createOrder({ showId: show.showId, seats: adult('C1', 'C2') })
  expect(more).toMatchObject({ status: 429, code: 'too-many-holds' })
})

test('seats that wait for their money at the counter count against nobody who buys online beside it', async () => {
  const show = await office.putOn(hall)
  const network = '192.0.2.7'
  const clerk = { ...office.person(), network }
  await office.hire(show, clerk.userId ?? '', 'staff')
  const till = office.client.as(clerk)
  const row = (name: string) => adult(...Array.from({ length: 10 }, (_, at) => `${name}${at + 1}`))
  await till.createOrder({ showId: show.showId, channel: 'counter', seats: row('A') })
  await till.createOrder({ showId: show.showId, channel: 'counter', seats: row('B') })
  const status = async (caller: typeof clerk, ...seatIds: string[]) => {
    const wish = { showId: show.showId, seats: adult(...seatIds), email }
    const answer = await office.client.as(caller).attempt.createOrder(wish)
    return answer.ok ? answer.value.status : answer.code
  }
  expect(await status({ ...office.guest(), network }, 'C1', 'C2')).toBe('held')
  expect(await status(clerk, 'C3', 'C4')).toBe('held')
  await office.restart()
  expect(await status({ ...office.guest(), network }, 'D1', 'D2')).toBe('held')
  expect(await status(clerk, 'D3', 'D4')).toBe('held')
})

test('unknown seats, ticket types and too many seats are explained', async () => {
  const show = await office.putOn(hall)
  const buyer = office.client.as(office.person()).attempt
  const unknown = await buyer.createOrder({
    showId: show.showId,
    seats: [{ seatId: 'Z9', ticketType: 'adult' }],
  })
  expect(unknown).toMatchObject({ status: 422, problem: { errors: [{ path: 'seats.0.seatId' }] } })
  const type = await buyer.createOrder({
    showId: show.showId,
    seats: [{ seatId: 'A1', ticketType: 'pirate' }],
  })
  expect(type).toMatchObject({ status: 422, problem: { errors: [{ path: 'seats.0.ticketType' }] } })
  const eleven = adult(...Array.from({ length: 11 }, (_, at) => `A${at + 1}`))
  expect(await buyer.createOrder({ showId: show.showId, seats: eleven })).toMatchObject({ status: 422 })
})

test('nothing is sold before the sale opens or after it closed', async () => {
  const show = await office.putOn(hall, { salesFrom: Temporal.Now.instant().add({ hours: 200 }).toString() })
  const attempt = await office.client
    .as(office.person())
    .attempt.createOrder({ showId: show.showId, seats: adult('A1') })
  expect(attempt).toMatchObject({ status: 410, code: 'sales-closed' })
})

test('a companion seat is sold with its wheelchair space', async () => {
  const show = await office.putOn(['....wc....'])
  const buyer = office.client.as(office.person())
  const alone = await buyer.attempt.createOrder({ showId: show.showId, seats: adult('A6') })
  expect(alone).toMatchObject({ status: 422, problem: { errors: [{ path: 'seats.0.seatId' }] } })
  const both = await buyer.createOrder({ showId: show.showId, seats: adult('A5', 'A6') })
  expect(both.status).toBe('held')
})

test('best seats come side by side', async () => {
  const show = await office.putOn(hall)
  const bestAvailable = {
    tickets: [
      { ticketType: 'adult', count: 2 },
      { ticketType: 'child', count: 1 },
    ],
  }
  const order = await office.client.as(office.person()).createOrder({ showId: show.showId, bestAvailable })
  expect(order.together).toBe(true)
  expect(order.seats.map(({ ticketType }) => ticketType)).toEqual(['adult', 'adult', 'child'])
})
