import { bookingContract } from '@marquee/contracts/booking'
import { layoutPublished, showScheduled } from '@marquee/contracts/theaters'
import { overrideDeadlines } from '@marquee/kit/contract'
import { bootService, person } from '@marquee/kit/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { booking } from '../src/index.ts'
import { adult } from './box-office.ts'
import { factsOf, layoutOf } from './fixtures.ts'

type Service = Awaited<ReturnType<typeof boot>>
const boot = () => bootService(booking)
let service: Service
beforeAll(async () => {
  service = await boot()
})
afterAll(() => service.stop())

test('who is told that it took too long while waiting for others holds no seats afterwards', async () => {
  const layout = layoutOf(['......'])
  const show = factsOf(layout)
  await service.deliver(layoutPublished, layout)
  await service.deliver(showScheduled, show, { key: show.showId, version: 1 })
  const hold = async (seat: string) => {
    const { statusCode } = await service.app.inject({
      method: 'POST',
      url: '/api/orders',
      headers: { 'x-test-caller': JSON.stringify(person()) },
      payload: { showId: show.showId, seats: adult(seat) },
    })
    return statusCode
  }
  overrideDeadlines(new Map([[bookingContract.endpoints.createOrder, 300]]))
  const [locked, asked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const holding = service.admin.transaction(async (tx) => {
    await tx.query('select from booking.shows where id = $1 for update', [show.showId])
    locked.resolve()
    await asked.promise
  })
  await locked.promise
  expect(await hold('A1')).toBe(504)
  expect(await hold('A4')).toBe(504)
  asked.resolve()
  await holding
  overrideDeadlines(new Map())
  expect(await hold('A4')).toBe(201)
  // This one had reached PostgreSQL: nobody can say any more that it was not done.
  expect(await hold('A1')).toBe(409)
})
