import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { orderConfirmed } from '@marquee/contracts/booking'
import { userErased } from '@marquee/contracts/identity'
import { paymentCaptured, paymentRefunded, paymentsContract } from '@marquee/contracts/payments'
import {
  layoutPublished,
  showCancelled,
  showScheduled,
  theaterPeopleChanged,
} from '@marquee/contracts/theaters'
import { bootService, guest, neighbour, person } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { booking } from '../src/index.ts'
import { adult } from './box-office.ts'
import { factsOf, layoutOf } from './fixtures.ts'

const payments = neighbour(paymentsContract, {
  startAttempt: ({ attemptId }: { attemptId: string }) => ({ attemptId, status: 'pending' as const }),
  requestRefunds: ({ refunds }: { refunds: { refundId: string }[] }) => ({
    items: refunds.map(({ refundId }) => ({ refundId, status: 'pending' as const })),
  }),
})

type Service = Awaited<ReturnType<typeof boot>>
const boot = () => bootService(booking, { neighbours: [payments] })
let service: Service
beforeAll(async () => {
  service = await boot()
})
afterAll(() => service.stop())

async function putOn(rows = ['............', '............']) {
  const layout = layoutOf(rows)
  const show = factsOf(layout)
  await service.deliver(layoutPublished, layout)
  await service.deliver(showScheduled, show, { key: show.showId, version: 1 })
  return show
}

async function paying() {
  const show = await putOn()
  const caller = person()
  const buyer = service.as(caller)
  const order = await buyer.createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  await buyer.payOrder({ orderId: order.id, method: 'sandbox', card: '4242424242424242' })
  const { rows } = await service.db.query<{ attemptId: string }>(
    `select attempt_id as "attemptId" from orders where id = $1`,
    [order.id],
  )
  const capture = {
    attemptId: rows[0]?.attemptId ?? '',
    orderId: order.id,
    amount: order.total,
    capturedAt: Temporal.Now.instant().toString(),
  }
  return { show, caller, buyer, order, capture }
}

test('a show that theaters announced can be booked', async () => {
  const show = await putOn()
  const order = await service.as(person()).createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  expect(order.show).toMatchObject({ movieTitle: 'The Harbour', theaterName: 'Lantern' })
})

test('of hundreds who ask over HTTP for the same few seats each seat goes to one', async () => {
  const show = await putOn(['......'])
  const pairs = [adult('A1', 'A2'), adult('A3', 'A4'), adult('A5', 'A6')]
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      service.app.inject({
        method: 'POST',
        url: '/api/orders',
        headers: { 'x-test-caller': JSON.stringify(person()) },
        payload: { showId: show.showId, seats: pairs[at % 3] },
      }),
    ),
  )
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(3)
  expect(answers.filter(({ statusCode }) => statusCode === 409)).toHaveLength(197)
})

test('a captured payment becomes tickets, however often it is told', async () => {
  const { buyer, order, capture } = await paying()
  const id = randomUUIDv7()
  await service.deliver(paymentCaptured, capture, { id })
  await service.deliver(paymentCaptured, capture, { id })
  await service.deliver(paymentCaptured, capture)
  const bought = await buyer.getOrder({ orderId: order.id })
  expect(bought.status).toBe('confirmed')
  expect(bought.tickets).toHaveLength(2)
  const confirmed = (await service.published(orderConfirmed)).filter(({ orderId }) => orderId === order.id)
  expect(confirmed).toHaveLength(1)
})

test('a cancelled show pays everybody back, and refunds end when payments says so', async () => {
  const { show, buyer, order, capture } = await paying()
  await service.deliver(paymentCaptured, capture)
  await service.deliver(showCancelled, { showId: show.showId, version: 2 })
  await service.runJob('wind-down-shows')
  await service.runJob('carry-out-refunds')
  const waiting = await buyer.getOrder({ orderId: order.id })
  expect(waiting.refunds.map(({ status }) => status)).toEqual(['pending', 'pending'])
  const { rows } = await service.db.query<{ id: string; ticketId: string }>(
    'select id, ticket_id as "ticketId" from refunds where order_id = $1',
    [order.id],
  )
  for (const { id, ticketId } of rows)
    await service.deliver(paymentRefunded, {
      refundId: id,
      orderId: order.id,
      ticketId,
      amount: { amount: 1300, currency: 'EUR' },
    })
  const done = await buyer.getOrder({ orderId: order.id })
  expect(done).toMatchObject({ status: 'refunded', refunds: [{ status: 'done' }, { status: 'done' }] })
})

test('staff see the orders of their own theater and lose sight of them when they leave', async () => {
  const { show, order } = await paying()
  const usher = person()
  const role = (role: 'staff' | null, version: number) =>
    service.deliver(
      theaterPeopleChanged,
      { theaterId: show.theaterId, theaterName: 'Lantern', userId: usher.userId, role },
      { version },
    )
  expect(await service.as(usher).attempt.getOrder({ orderId: order.id })).toMatchObject({ status: 403 })
  await role('staff', 1)
  expect((await service.as(usher).getOrder({ orderId: order.id })).id).toBe(order.id)
  await role(null, 3)
  await role('staff', 2)
  expect(await service.as(usher).attempt.getOrder({ orderId: order.id })).toMatchObject({ status: 403 })
})

test('my orders come page by page, and a cursor that no page gave is refused', async () => {
  const show = await putOn()
  const mine = service.as(person())
  for (const seat of ['A1', 'A2', 'A3']) await mine.createOrder({ showId: show.showId, seats: adult(seat) })
  const first = await mine.listOrders({ limit: 2 })
  const second = await mine.listOrders({ limit: 2, cursor: first.nextCursor ?? '' })
  expect([...first.items, ...second.items].map(({ seats }) => seats[0]?.seatId)).toEqual(['A3', 'A2', 'A1'])
  expect(await mine.attempt.listOrders({ cursor: 'nonsense' })).toMatchObject({
    status: 422,
    problem: { errors: [{ path: 'cursor' }] },
  })
})

test('a person who is erased leaves their orders without a name', async () => {
  const { caller, order } = await paying()
  await service.deliver(userErased, { userId: caller.userId })
  expect(await service.as(caller).attempt.getOrder({ orderId: order.id })).toMatchObject({ status: 403 })
  const mail = await service.asService().orderForMail({ orderId: order.id })
  expect(mail).toMatchObject({ userId: null, email: null })
  expect((await service.as(guest(mail.linkSecret)).getOrder({ orderId: order.id })).id).toBe(order.id)
})

test('an open seat map hears within a moment which seats were taken', async () => {
  const show = await putOn()
  const map = await openMap(show.showId)
  await map.hears(1)
  await service.as(person()).createOrder({ showId: show.showId, seats: adult('A1', 'A2') })
  expect(await map.hears(2)).toEqual([
    { type: 'snapshot', version: 0, taken: [] },
    { type: 'seats', from: 0, version: 1, taken: ['A1', 'A2'], freed: [] },
  ])
  map.close()
})

test('an open seat map hears within a moment that the show was cancelled, and so does whoever comes later', async () => {
  const show = await putOn()
  const { showId } = show
  const map = await openMap(showId)
  await map.hears(1)
  for (const version of [2, 3]) await service.deliver(showCancelled, { showId, version })
  const told = { from: 0, version: 1, taken: [], freed: [], cancelled: true }
  expect(await map.hears(2)).toEqual([
    { type: 'snapshot', version: 0, taken: [] },
    { type: 'seats', ...told },
  ])
  const later = await openMap(showId)
  expect(await later.hears(1)).toEqual([{ type: 'snapshot', version: 1, taken: [], cancelled: true }])
  const asking = service.as(person())
  expect(await asking.getSeats({ showId })).toMatchObject({ version: 1, cancelled: true })
  expect(await asking.getSeats({ showId, since: 0 })).toEqual(told)
  for (const one of [map, later]) one.close()
})

let listening: Promise<string> | undefined
/** The live line of a show, as a browser opens it. */
async function openMap(showId: string) {
  listening ??= service.app.listen({ port: 0, host: '127.0.0.1' })
  const socket = new WebSocket(`${(await listening).replace('http', 'ws')}/api/live?show=${showId}`)
  const messages: unknown[] = []
  socket.on('message', (data) => messages.push(JSON.parse(String(data))))
  return {
    /** Once so many messages came. */
    async hears(count: number): Promise<unknown[]> {
      while (messages.length < count) await once(socket, 'message')
      return messages
    },
    close: () => socket.close(),
  }
}
