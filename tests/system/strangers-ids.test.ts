import { randomUUID } from 'node:crypto'
import { shortCodeOf } from '@marquee/contracts/short-code'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buy, card, inDays, made, prices, until } from '../harness/house.ts'
import { type Marquee, startMarquee } from '../harness/marquee.ts'
import { type Cast, hire, prepareCast } from './cast.ts'

// Whoever may use a route names something in its body or query that is somebody else's.
let marquee: Marquee
let cast: Cast
beforeAll(async () => {
  marquee = await startMarquee({ MARQUEE_LIMITS: 'off' })
  cast = await prepareCast(marquee.origin)
}, 120_000)
afterAll(() => marquee?.remove())

const scan = (code: string | undefined, more = {}) => ({ body: { code, ...more } })
const showOn = (at: { screenId: string; priceCardId: string }, hour = 10) => ({
  body: {
    screenId: at.screenId,
    priceCardId: at.priceCardId,
    movieId: cast.movieId,
    localStart: `${inDays(20)}T${hour}:00`,
  },
})

it('an usher admits nobody to another theater, not even as one scan of many', async () => {
  const { tickets } = await cast.order('guest')
  const usher = cast.as('staff elsewhere')
  const more = { showId: cast.elsewhere.showId, scanId: randomUUID() }
  expect((await usher('POST', '/api/check-in', scan(tickets[0]?.code, more))).status).toBe(403)
  for (const code of [shortCodeOf(tickets[0]?.id ?? ''), 'ZZZZ-ZZZZ']) {
    const typed = await usher('POST', '/api/check-in', scan(code, { showId: cast.here.showId }))
    expect(typed.status).toBe(403)
  }
  const own = await buy(cast.as('other user'), cast.elsewhere.showId)
  const scans = [own, { tickets }].map((order) => ({ code: order.tickets[0]?.code, scanId: randomUUID() }))
  expect((await usher('POST', '/api/check-in/batch', { body: { scans } })).status).toBe(403)
  expect(await made(usher('POST', '/api/check-in', scan(own.tickets[0]?.code)))).toMatchObject({
    result: 'admitted',
  })
  expect(await made(cast.as('staff')('POST', '/api/check-in', scan(tickets[0]?.code)))).toMatchObject({
    result: 'admitted',
  })
})

it("another usher's scan id tells nothing of what they admitted", async () => {
  const { tickets } = await cast.order('guest')
  const scanId = randomUUID()
  await made(cast.as('staff')('POST', '/api/check-in', scan(tickets[0]?.code, { scanId })))
  const answer = await made(cast.as('staff elsewhere')('POST', '/api/check-in', scan('x.y.z', { scanId })))
  expect(answer).toEqual({ result: 'invalid' })
})

it("an owner plans on no other theater's screen, with no other theater's prices", async () => {
  const plan = (body: { body: unknown }) =>
    cast.as('owner elsewhere')('POST', `/api/theaters/${cast.elsewhere.id}/shows`, body)
  const { here, elsewhere } = cast
  expect((await plan(showOn({ ...elsewhere, screenId: here.screenId }))).status).toBe(422)
  expect((await plan(showOn({ ...elsewhere, priceCardId: here.priceCardId }))).status).toBe(422)
  expect((await plan(showOn(elsewhere))).status).toBe(201)
})

it("an owner moves a show of theirs to no other theater's screen", async () => {
  const move = { body: { screenId: cast.here.screenId } }
  expect(
    (await cast.as('owner elsewhere')('PATCH', `/api/shows/${cast.elsewhere.showId}`, move)).status,
  ).toBe(422)
})

it("an owner changes nothing of another theater under their own theater's address", async () => {
  const at = `/api/theaters/${cast.elsewhere.id}`
  const owner = cast.as('owner elsewhere')
  const { here } = cast
  for (const [method, path, body] of [
    ['PATCH', `${at}/screens/${here.screenId}`, { name: 'Mine' }],
    ['PATCH', `${at}/screens/${here.screenId}`, { layout: 'A: 1-2' }],
    ['DELETE', `${at}/screens/${here.screenId}`, undefined],
    ['PATCH', `${at}/price-cards/${here.priceCardId}`, { prices: prices(1) }],
    ['DELETE', `${at}/price-cards/${here.priceCardId}`, undefined],
  ] as const)
    expect((await owner(method, path, body ? { body } : {})).status, `${method} ${path}`).toBe(404)
  const cards = await made<{ items: { name: string }[] }>(
    cast.as('owner')('GET', `/api/theaters/${here.id}/price-cards`),
  )
  expect(cards.items.map(({ name }) => name)).toEqual(['Every day'])
})

it("a buyer gives back no ticket of somebody else's order", async () => {
  const [mine, theirs] = [await cast.order('holder'), await cast.order('guest')]
  const body = { tickets: [theirs.tickets[0]?.id] }
  const holder = cast.as('holder')
  expect((await holder('POST', `/api/orders/${mine.id}/refund`, { body })).status).toBe(422)
  const guest = cast.as('guest', theirs.secret)
  expect(await made(guest('GET', `/api/orders/${theirs.id}`))).toMatchObject({ status: 'confirmed' })
  // Nor with the key of the one who did.
  const key = { 'idempotency-key': randomUUID() }
  await made(holder('POST', `/api/orders/${mine.id}/refund`, { body: {}, headers: key }))
  const again = await cast.as('other user')('POST', `/api/orders/${mine.id}/refund`, {
    body: {},
    headers: key,
  })
  expect(again.status).toBe(403)
})

it('a door learns nothing of the shows of another theater', async () => {
  const asked = await cast.as('staff elsewhere')('GET', `/api/check-in/manifest?showId=${cast.here.showId}`)
  expect(asked.status).toBe(403)
  expect(asked.text).not.toContain('seatId')
})

it('nobody reads or ticks off what another person was told', async () => {
  const holder = cast.as('holder')
  await cast.order('holder')
  type Told = { items: { id: string; readAt: string | null }[] }
  const told = () => made<Told>(holder('GET', '/api/notifications'))
  await until(async () => (await told()).items.length > 0)
  const id = (await told()).items[0]?.id
  const other = cast.as('other user')
  expect((await other('PUT', `/api/notifications/${id}/read`)).status).toBe(404)
  expect((await told()).items.find((one) => one.id === id)?.readAt).toBeNull()
  expect((await other('GET', '/api/notifications')).text).not.toContain(id)
})

it('lists show only what is mine', async () => {
  const { id } = await cast.order('holder')
  const ids = async (who: 'holder' | 'owner elsewhere' | 'admin') =>
    (await made<{ items: { id: string }[] }>(cast.as(who)('GET', '/api/orders?limit=100'))).items.map(
      (one) => one.id,
    )
  expect(await ids('holder')).toContain(id)
  expect(await ids('owner elsewhere')).toEqual([])
  expect(await ids('admin')).toEqual([])
  const theaters = await made<{ items: { id: string }[] }>(cast.as('staff')('GET', '/api/me/theaters'))
  expect(theaters.items.map((one) => one.id)).toEqual([cast.here.id])
})

it("what was sold at the counter is among nobody's orders, and in no export of who sold it", async () => {
  const staff = cast.as('staff')
  const body = {
    showId: cast.here.showId,
    channel: 'counter',
    bestAvailable: { tickets: [{ ticketType: 'adult', count: 2 }] },
    email: 'customer@people.example',
  }
  const { id } = await made<{ id: string }>(staff('POST', '/api/orders', { body }))
  await made(staff('POST', `/api/orders/${id}/payment`, { body: { method: 'sandbox', card: card.pays } }))
  expect(await made(staff('GET', `/api/orders/${id}`))).toMatchObject({ status: 'confirmed' })
  for (const path of ['/api/orders?limit=100', '/api/me/export']) {
    const { status, text } = await staff('GET', path)
    expect(status, path).toBe(200)
    expect(text, path).not.toContain(body.email)
  }
})

it('whoever left a theater may do nothing there any more', async () => {
  const { here, extra } = cast
  await hire(cast.as('owner'), here.id, extra.id, 'owner')
  expect((await extra('GET', `/api/theaters/${here.id}/people`)).status).toBe(200)
  await made(cast.as('owner')('DELETE', `/api/theaters/${here.id}/people/${extra.id}`))
  expect((await extra('GET', `/api/theaters/${here.id}/people`)).status).toBe(403)
})
