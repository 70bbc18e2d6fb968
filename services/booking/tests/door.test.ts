import { createPublicKey, randomUUIDv7, verify } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adult, type BoxOffice, openBoxOffice } from './box-office.ts'
import { cards } from './fake-payments.ts'
import { sellTwo } from './sell-two.ts'

let office: BoxOffice
beforeAll(async () => {
  office = await openBoxOffice()
})
afterAll(() => office.close())

const sell = () => sellTwo(office)

test('a ticket is admitted once', async () => {
  const { show, usher, first } = await sell()
  const admitted = await usher.checkIn({ code: first.code, showId: show.showId })
  expect(admitted).toMatchObject({
    result: 'admitted',
    ticket: { seatId: 'A1', ticketTypeName: 'Adult', movieTitle: 'The Harbour' },
  })
  expect(await usher.checkIn({ code: first.code })).toMatchObject({
    result: 'already-admitted',
    admittedAt: admitted.admittedAt,
  })
})

test('a ticket says to its holder what the house calls it, as it says to the usher', async () => {
  const { buyer, order, first } = await sell()
  const adult = { ticketType: 'adult', ticketTypeName: 'Adult' }
  expect((await buyer.getTicket({ ticketId: first.id })).seat).toMatchObject(adult)
  expect((await buyer.getOrder({ orderId: order.id })).seats).toMatchObject([adult, adult])
})

test('who was admitted is told together with where and on which cinema day', async () => {
  const { show, usher, first } = await sell()
  await usher.checkIn({ code: first.code })
  expect(await office.announced()).toContainEqual({
    name: 'ticket.admitted.v1',
    payload: expect.objectContaining({
      ticketId: first.id,
      showId: show.showId,
      movieId: show.movieId,
      theaterName: show.theaterName,
      day: show.day,
    }),
  })
})

test('two doors that scan one ticket together admit it once', async () => {
  const { usher, first } = await sell()
  const answers = await Promise.all(Array.from({ length: 8 }, () => usher.checkIn({ code: first.code })))
  expect(answers.filter(({ result }) => result === 'admitted')).toHaveLength(1)
})

test('the same scan repeats its answer', async () => {
  const { usher, first } = await sell()
  const scan = { code: first.code, scanId: randomUUIDv7() }
  const answer = await usher.checkIn(scan)
  expect(await usher.checkIn(scan)).toEqual(answer)
})

test('a ticket for another show, a refunded one and a forged one stay outside', async () => {
  const { buyer, order, usher, first, second } = await sell()
  expect(await usher.checkIn({ code: first.code, showId: randomUUIDv7() })).toMatchObject({
    result: 'wrong-show',
  })
  await buyer.refundOrder({ orderId: order.id, tickets: [second.id] })
  expect(await usher.checkIn({ code: second.code })).toMatchObject({ result: 'refunded' })
  const forged = `${first.code.slice(0, -4)}AAAA`
  expect(await usher.checkIn({ code: forged })).toEqual({ result: 'invalid' })
  expect(await usher.checkIn({ code: 'hello' })).toEqual({ result: 'invalid' })
})

test('people who do not work there admit nobody', async () => {
  const { buyer, first } = await sell()
  const elsewhere = await sell()
  expect(await buyer.attempt.checkIn({ code: first.code })).toMatchObject({ status: 403 })
  expect(await elsewhere.usher.attempt.checkIn({ code: first.code })).toMatchObject({ status: 403 })
})

test('what two doors admitted offline is reported as a conflict', async () => {
  const { usher, first, second } = await sell()
  const scannedAt = Temporal.Now.instant().subtract({ minutes: 3 }).toString()
  const scan = (code: string) => ({ code, scanId: randomUUIDv7(), scannedAt })
  const batch = [scan(first.code), scan(second.code)]
  const { items } = await usher.checkInBatch({ scans: batch })
  expect(items.map(({ result }) => result)).toEqual(['admitted', 'admitted'])
  expect((await usher.checkInBatch({ scans: batch })).items).toEqual(items)
  const other = await usher.checkInBatch({ scans: [scan(first.code)] })
  expect(other.items).toMatchObject([{ result: 'conflict' }])
})

test('whoever takes over a door tells its guests again without putting them in question', async () => {
  const { show, usher, first } = await sell()
  const relief = randomUUIDv7()
  await office.hire(show, relief, 'staff')
  const scans = [{ code: first.code, showId: show.showId, scanId: randomUUIDv7() }]
  const told = await usher.checkInBatch({ scans })
  const after = office.client.as(office.person(relief))
  expect(await after.checkInBatch({ scans })).toEqual(told)
  const again = [{ ...scans[0], code: first.code, scanId: randomUUIDv7() }]
  expect(await after.checkInBatch({ scans: again })).toMatchObject({ items: [{ result: 'conflict' }] })
})

test('a door without a network has what it needs: the list and the keys', async () => {
  const { show, usher, first, second } = await sell()
  const manifest = await usher.doorManifest({ showId: show.showId })
  expect(manifest.tickets.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort())
  const { keys } = await office.client.as(office.guest()).doorKeys()
  const [start, payload, signature] = first.code.split('.')
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' })
  expect(
    verify(null, Buffer.from(`${start}.${payload}`), key, Buffer.from(signature ?? '', 'base64url')),
  ).toBe(true)
})

test('the ticket page has a QR code, the order a calendar file', async () => {
  const { buyer, order, first } = await sell()
  expect(await buyer.ticketQr({ ticketId: first.id })).toMatch(/^<svg/)
  const file = await buyer.orderCalendar({ orderId: order.id })
  expect(file).toMatch(/^BEGIN:VCALENDAR\r\n/)
  expect(file).toContain('SUMMARY:The Harbour')
})

test('owners of a cancelled show see what was sold before and goes back', async () => {
  const { show } = await sell()
  const owner = randomUUIDv7()
  await office.hire(show, owner, 'owner')
  await office.cancel(show)
  await office.booking().windDownShows()
  const client = office.client.as(office.person(owner))
  const { items } = await client.showSales({ theaterId: show.theaterId, from: show.day })
  const money = (amount: number) => ({ amount, currency: 'EUR' })
  expect(items).toMatchObject([{ sold: 0, refunded: 2, givenBack: money(2600), takings: money(0) }])
})

test('owners see what each show sold', async () => {
  const { show } = await sell()
  const owner = randomUUIDv7()
  await office.hire(show, owner, 'owner')
  const client = office.client.as(office.person(owner))
  const { items } = await client.showSales({ theaterId: show.theaterId, from: show.day })
  expect(items).toMatchObject([
    {
      showId: show.showId,
      capacity: 12,
      sold: 2,
      held: 0,
      admitted: 0,
      orders: 1,
      takings: { amount: 2600 },
    },
  ])
  expect(await client.cancellationPreview({ showId: show.showId })).toMatchObject({
    tickets: 2,
    orders: 1,
    money: { amount: 2600 },
  })
  expect(
    await office.client.as(office.person()).attempt.showSales({ theaterId: show.theaterId, from: show.day }),
  ).toMatchObject({ status: 403 })
})

test('the demo fills a show and leaves as many seats as it was told', async () => {
  const show = await office.putOn(['............', '............'])
  const service = office.client.asService()
  expect(await service.seedOrders({ showId: show.showId, leave: 6 })).toEqual({ sold: 18 })
  expect(await service.seatsLeft({ showIds: [show.showId] })).toEqual({
    items: [{ showId: show.showId, capacity: 24, left: 6 }],
  })
})

test('the links to somebody’s orders are mailed to their address, and the asker learns nothing', async () => {
  const show = await office.putOn(['............'])
  const guest = office.client.as(office.guest())
  const order = await guest.createOrder({
    showId: show.showId,
    seats: adult('A1', 'A2'),
    email: 'Someone@Example.org',
  })
  await office.client
    .as(office.guest(order.secret))
    .payOrder({ orderId: order.id, method: 'sandbox', card: cards.pays })
  expect(await guest.findOrders({ email: 'nobody@example.org' })).toEqual({ sent: true })
  expect(await guest.findOrders({ email: 'someone@example.org' })).toEqual({ sent: true })
  const mailed = async () => {
    await office.booking().mailOrderLinks()
    return (await office.announced()).filter(({ name }) => name === 'order.links-requested.v1')
  }
  const asked = await mailed()
  expect(asked).toMatchObject([{ payload: { orders: [{ orderId: order.id }] } }])
  expect(JSON.stringify(asked)).not.toContain(order.secret)

  // Nobody's mailbox is flooded by whoever asks for its links again and again.
  for (let again = 0; again < 5; again++) await guest.findOrders({ email: 'SOMEONE@example.org' })
  expect(await mailed()).toHaveLength(3)
  expect(await mailed()).toHaveLength(3)
})
