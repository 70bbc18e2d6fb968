import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, type Ask, client, person } from '../harness/client.ts'
import {
  type Account,
  buy,
  card,
  type House,
  inDays,
  made,
  newcomer,
  openHouse,
  openShow,
  rows,
  until,
} from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { hire } from './cast.ts'

type Order = {
  id: string
  number: string
  status: string
  secret: string
  seats: { seatId: string }[]
  tickets: { id: string; seatId: string; code: string; status: string }[]
  refunds: { status: string; amount: { amount: number } }[]
  total: { amount: number; currency: string }
}

let marquee: Marquee
let nobody: Ask
let owner: Account
let usher: Account
let admin: Ask
let house: House
let movieId: string
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  nobody = client(marquee.origin)
  admin = await person(marquee.origin, 'admin@marquee.example')
  ;[owner, usher] = [await newcomer(marquee.origin, 'owner'), await newcomer(marquee.origin, 'usher')]
  movieId = (await made<{ items: { id: string }[] }>(nobody('GET', '/api/movies?limit=1'))).items[0]?.id ?? ''
  house = await openHouse(owner, { movieId })
  await hire(owner, house.id, usher.id)
  await until(
    async () => (await usher('GET', `/api/check-in/manifest?showId=${house.showId}`)).status === 200,
  )
}, 120_000)
afterAll(() => marquee?.remove())

const hold = (count = 2, showId = house.showId) => ({
  body: {
    showId,
    bestAvailable: { tickets: [{ ticketType: 'adult', count }] },
    email: 'guest@people.example',
  },
})
const pay = (ask: Ask, order: Order, number: string, headers: Record<string, string> = {}) =>
  ask('POST', `/api/orders/${order.id}/payment`, {
    body: { method: 'sandbox', card: number },
    headers: { 'x-order-secret': order.secret, ...headers },
  })
const look = (order: Order) =>
  made<Order>(nobody('GET', `/api/orders/${order.id}`, { headers: { 'x-order-secret': order.secret } }))
const statusOf = async (order: Order) => (await look(order)).status
const takenSeats = async (showId = house.showId) =>
  (await made<{ taken: string[] }>(nobody('GET', `/api/shows/${showId}/seats`))).taken

it('a guest finds the show, takes the best seats, pays, is admitted once and brings one ticket back', async () => {
  const found = await made<{ items: { id: string }[] }>(
    nobody('GET', `/api/shows?theaterId=${house.id}&date=${house.day}`),
  )
  expect(found.items.map(({ id }) => id)).toEqual([house.showId])

  const order = await made<Order>(nobody('POST', '/api/orders', hold(2, found.items[0]?.id)))
  expect(order).toMatchObject({ status: 'held', total: { amount: 2500, currency: 'EUR' }, together: true })
  const paid = await pay(nobody, order, card.pays)
  expect(paid).toMatchObject({ status: 200, body: { status: 'confirmed' } })
  const [first, second] = (await look(order)).tickets
  if (!first || !second) throw new Error('two seats have no two tickets')
  const secret = { headers: { 'x-order-secret': order.secret } }

  const qr = await nobody('GET', `/api/tickets/${first.id}/qr.svg`, secret)
  expect(qr.headers.get('content-type')).toContain('image/svg+xml')
  expect(qr.text).toContain('<svg')
  const calendar = await nobody('GET', `/api/orders/${order.id}/calendar.ics`, secret)
  expect(calendar.headers.get('content-type')).toContain('text/calendar')
  expect(calendar.text).toContain('BEGIN:VEVENT')

  const scanId = randomUUID()
  const scan = (code: string, more = {}) => made(usher('POST', '/api/check-in', { body: { code, ...more } }))
  const admitted = await scan(first.code, { scanId, showId: house.showId })
  expect(admitted).toMatchObject({ result: 'admitted' })
  expect(await scan(first.code, { scanId, showId: house.showId })).toEqual(admitted)
  expect(await scan(first.code)).toMatchObject({ result: 'already-admitted' })
  expect(await scan(`${first.code.slice(0, -4)}AAAA`)).toMatchObject({ result: 'invalid' })

  const refund = await made<Order>(
    nobody('POST', `/api/orders/${order.id}/refund`, { ...secret, body: { tickets: [second.id] } }),
  )
  expect(refund.status).toBe('partly-refunded')
  expect(await scan(second.code)).toMatchObject({ result: 'refunded' })
  expect(await takenSeats()).not.toContain(second.seatId)
  await until(async () => (await look(order)).refunds.every(({ status }) => status === 'done'))
})

it('a declined card leaves the seats held, and another card buys them', async () => {
  const order = await made<Order>(nobody('POST', '/api/orders', hold()))
  expect(await pay(nobody, order, card.declined)).toMatchObject({
    status: 402,
    body: { code: 'payment-declined' },
  })
  expect(await statusOf(order)).toBe('held')
  expect(await pay(nobody, order, '1234567890123456')).toMatchObject({ status: 422 })
  expect(await pay(nobody, order, card.pays)).toMatchObject({ status: 200 })
})

it.each([
  ['approve', 'confirmed'],
  ['decline', 'held'],
] as const)('a bank that asks first: %s ends in %s', async (answer, status) => {
  const order = await made<Order>(nobody('POST', '/api/orders', hold()))
  const asked = await pay(nobody, order, '4000000000003220')
  expect(asked.status).toBe(202)
  const { redirectUrl } = asked.body.next as { redirectUrl: string }
  expect(await (await fetch(redirectUrl)).text()).toContain('Approve')
  const back = await fetch(redirectUrl, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ answer }),
  })
  expect(back.status).toBe(303)
  expect(back.headers.get('location')).toContain(order.id)
  await until(async () => (await statusOf(order)) === status)
})

it('a payment that takes its time is confirmed when the provider says so', async () => {
  const order = await made<Order>(nobody('POST', '/api/orders', hold()))
  expect(await pay(nobody, order, '4000000000000259')).toMatchObject({
    status: 202,
    body: { status: 'paying' },
  })
  expect(
    await nobody('DELETE', `/api/orders/${order.id}`, { headers: { 'x-order-secret': order.secret } }),
  ).toMatchObject({ status: 409, body: { code: 'payment-in-progress' } })
  await until(async () => (await statusOf(order)) === 'confirmed')
  expect((await look(order)).tickets).toHaveLength(2)
})

it('a guest opens an order by header, by cookie, and its ticket by link, and by nothing less', async () => {
  const order = await buy(nobody, house.showId, { email: 'guest@people.example' })
  const path = `/api/orders/${order.id}`
  expect((await nobody('GET', path)).status).toBe(401)
  expect((await nobody('GET', path, { headers: { 'x-order-secret': 'A'.repeat(32) } })).status).toBe(403)
  const opened = await nobody('POST', `${path}/open`, { headers: { 'x-order-secret': order.secret } })
  const cookie = (opened.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? ''
  expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly/i)
  expect((await nobody('GET', path, { headers: { cookie } })).status).toBe(200)
  const other = await buy(nobody, house.showId, { email: 'guest@people.example', pay: false })
  expect((await nobody('GET', `/api/orders/${other.id}`, { headers: { cookie } })).status).toBe(403)
  const qr = `/api/tickets/${order.tickets[0]?.id}/qr.svg`
  expect((await nobody('GET', `${qr}?secret=${order.secret}`)).status).toBe(200)
  expect((await nobody('GET', `${qr}?secret=${other.secret}`)).status).toBe(403)
  expect((await nobody('GET', `${path}?secret=${order.secret}`)).status).toBe(401)
})

it('a lost answer is asked for again under the same key, and the key serves no other wish', async () => {
  const key = { 'idempotency-key': randomUUID() }
  const wish = hold()
  const first = await nobody('POST', '/api/orders', { ...wish, headers: key })
  const again = await nobody('POST', '/api/orders', { ...wish, headers: key })
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body.id).toBe(first.body.id)
  const order = first.body as unknown as Order
  const payKey = { 'idempotency-key': randomUUID() }
  const paid = await pay(nobody, order, card.pays, payKey)
  const repeated = await pay(nobody, order, card.pays, payKey)
  expect(repeated.body).toEqual(paid.body)
  // An account's key is its own; a guest's counts together with what it asks for.
  const account = await newcomer(marquee.origin, 'buyer')
  const own = { 'idempotency-key': randomUUID() }
  expect((await account('POST', '/api/orders', { ...hold(1), headers: own })).status).toBe(201)
  expect(await account('POST', '/api/orders', { ...hold(2), headers: own })).toMatchObject({
    status: 422,
    body: { code: 'idempotency-key-reused' },
  })
  const bought = await made<Order>(account('POST', '/api/orders', hold(1)))
  expect((await pay(account, bought, card.declined, payKey)).status).toBe(402)
  expect(await pay(account, bought, card.pays, payKey)).toMatchObject({
    status: 422,
    body: { code: 'idempotency-key-reused' },
  })
})

it('two tabs that pay the same order pay once', async () => {
  const order = await made<Order>(nobody('POST', '/api/orders', hold()))
  const answers = await Promise.all([pay(nobody, order, card.pays), pay(nobody, order, card.pays)])
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1)
  for (const { status } of answers) expect([200, 409]).toContain(status)
  await until(async () => (await statusOf(order)) === 'confirmed')
  expect((await look(order)).tickets).toHaveLength(2)
})

it('300 buyers who want 40 seats at once: every seat is sold, none twice, by their own answers', async () => {
  const small = await openHouse(owner, { movieId, layout: rows(4, 10) })
  const buyers = Array.from({ length: 300 }, (_, at) => rushOne(small.showId, 1 + (at % 3)))
  const seats = (await Promise.all(buyers)).flat()
  expect(seats).toHaveLength(40)
  expect(new Set(seats).size).toBe(40)
})

it('a cancelled show gives everybody their money back, fees included', async () => {
  const showId = await openShow(owner, house.id, {
    screenId: house.screenId,
    movieId,
    localStart: `${inDays(9)}T20:00`,
    priceCardId: house.priceCardId,
  })
  const orders = await Promise.all(
    [1, 2, 3].map((count) => buy(nobody, showId, { email: 'guest@people.example', count })),
  )
  const preview = await made(owner('GET', `/api/shows/${showId}/cancellation`))
  expect(preview).toMatchObject({ tickets: 6, orders: 3, money: { amount: 7500, currency: 'EUR' } })
  expect((await owner('DELETE', `/api/shows/${showId}`)).status).toBe(204)
  for (const order of orders) {
    const isBack = async () => {
      const { status, refunds, total } = await look(order as unknown as Order)
      const given = refunds.reduce((sum, { amount }) => sum + amount.amount, 0)
      return status === 'refunded' && refunds.every((one) => one.status === 'done') && given === total.amount
    }
    await until(isBack)
  }
  expect(await nobody('POST', '/api/orders', hold(1, showId))).toMatchObject({ status: 410 })
})

it('who holds tickets for a show that is moved reads the new time, with an entry that replaces the one they have', async () => {
  const email = `moved-${randomUUID()}@people.example`
  const showId = await openShow(owner, house.id, {
    screenId: house.screenId,
    movieId,
    localStart: `${inDays(11)}T20:00`,
    priceCardId: house.priceCardId,
  })
  const order = await buy(nobody, showId, { email })
  const tickets = entryOf(await mailTo(email, 'order-confirmed'))
  await made(owner('PATCH', `/api/shows/${showId}`, { body: { localStart: `${inDays(11)}T21:30` } }))
  const mail = await mailTo(email, 'order-show-moved')
  expect(mail.text).toMatch(/It begins on .*, 21:30\.\nIt was to begin on .*, 20:00\./)
  expect(mail.text).toContain(`/orders/${order.id}#`)
  const moved = entryOf(mail)
  expect(moved.uid).toBe(tickets.uid)
  expect(moved.sequence).toBeGreaterThan(tickets.sequence)
  expect(moved.startsAt.since(tickets.startsAt).total('minutes')).toBe(90)
})

it('in the end our ledger is what the provider has in its book', async () => {
  const ledger = () => made<Record<string, unknown>>(admin('GET', '/api/payments/ledger'))
  await until(async () => {
    const { pendingRefunds, liveAttempts } = await ledger()
    return pendingRefunds === 0 && liveAttempts === 0
  }, 30)
  expect(await ledger()).toMatchObject({ balanced: true, missing: [] })
  const { differences } = await ledger()
  expect(
    (differences as { ours: number; theirs: number }[]).filter(({ ours, theirs }) => ours !== theirs),
  ).toEqual([])
})

type Letter = { text: string; attachments: { filename: string; content: string }[] }

/** The one mail of a kind that went to an address, once it did. */
async function mailTo(email: string, kind: string): Promise<Letter> {
  let ids: string[] = []
  await until(async () => {
    const path = `/api/dev/outbox?to=${email}`
    const { items } = await made<{ items: { id: string; kind: string }[] }>(nobody('GET', path))
    ids = items.filter((mail) => mail.kind === kind).map(({ id }) => id)
    return ids.length > 0
  })
  expect(ids).toHaveLength(1)
  return made<Letter>(nobody('GET', `/api/dev/outbox/${ids[0]}`))
}

/** What the calendar file of a mail says. */
function entryOf({ attachments }: Letter) {
  const content = attachments.find(({ filename }) => filename === 'show.ics')?.content ?? ''
  const file = Buffer.from(content, 'base64').toString()
  const lineOf = (name: string) => RegExp(`^${name}:(.*)\r$`, 'm').exec(file)?.[1] ?? ''
  return {
    uid: lineOf('UID'),
    sequence: Number(lineOf('SEQUENCE')),
    startsAt: Temporal.Instant.from(lineOf('DTSTART')),
  }
}

/** Tries for seats as a person would, and tells which ones the tickets say. */
async function rushOne(showId: string, count: number): Promise<string[]> {
  for (let wanted = count; wanted > 0; ) {
    const held: Answer = await nobody('POST', '/api/orders', hold(wanted, showId))
    if (held.status === 201) {
      const paid = await pay(nobody, held.body as unknown as Order, card.pays)
      if (paid.status !== 200) throw new Error(`${paid.status} ${paid.text}`)
      return (paid.body.tickets as { seatId: string }[]).map(({ seatId }) => seatId)
    }
    if (held.status !== 409) throw new Error(`${held.status} ${held.text}`)
    wanted -= 1
  }
  return []
}
