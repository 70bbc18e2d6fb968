import { readFile } from 'node:fs/promises'
import { userErased } from '@marquee/contracts/identity'
import { theaterPeopleChanged } from '@marquee/contracts/theaters'
import { anonymous, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  bootTheaters,
  type Cinema,
  openCinema,
  type Service,
  showWish,
  someDay,
  type World,
} from './cinema.ts'

let service: Service
let world: World
beforeEach(async () => {
  ;({ service, world } = await bootTheaters())
})
afterEach(() => service.stop())

const showAt = (cinema: Cinema, localStart: string, more: object = {}) =>
  service.as(cinema.owner).createShow(showWish(cinema, localStart, more))

describe('people', () => {
  test('join by the address of their account, and leave', async () => {
    const { owner, theaterId } = await openCinema(service)
    const usher = person()
    world.accounts.set('usher@example.com', usher.userId)
    await service.as(owner).invitePerson({ theaterId, email: 'usher@example.com', role: 'staff' })
    const { items } = await service.as(owner).listPeople({ theaterId })
    expect(items).toContainEqual({
      userId: usher.userId,
      name: 'usher@example.com',
      email: 'usher@example.com',
      role: 'staff',
    })
    expect(await service.as(usher).listPriceCards({ theaterId })).toMatchObject({ items: [{}] })
    expect(await service.as(usher).attempt.listPeople({ theaterId })).toMatchObject({ code: 'forbidden' })
    await service.as(owner).removePerson({ theaterId, userId: usher.userId })
    expect(await service.as(usher).attempt.listPriceCards({ theaterId })).toMatchObject({ code: 'forbidden' })
    expect(await service.published(theaterPeopleChanged)).toMatchObject([
      { userId: owner.userId, role: 'owner', theaterName: 'Corner Cinema' },
      { userId: usher.userId, role: 'staff' },
      { userId: usher.userId, role: null },
    ])
  })
  test('keep their address to themselves unless they were invited by it', async () => {
    const { owner, theaterId } = await openCinema(service)
    const somebody = person()
    world.accounts.set('private@example.com', somebody.userId)
    world.accounts.set('owner@example.com', owner.userId)
    const addresses = async () =>
      (await service.as(owner).listPeople({ theaterId })).items.map(({ email }) => email).toSorted()
    await service.as(owner).putPerson({ theaterId, userId: somebody.userId, role: 'staff' })
    expect(await addresses()).toEqual(['', 'owner@example.com'])
    await service.as(owner).invitePerson({ theaterId, email: 'private@example.com', role: 'staff' })
    expect(await addresses()).toEqual(['owner@example.com', 'private@example.com'])
  })
  test('without an account cannot join', async () => {
    const { owner, theaterId } = await openCinema(service)
    const invited = await service
      .as(owner)
      .attempt.invitePerson({ theaterId, email: 'no@example.com', role: 'staff' })
    expect(invited).toMatchObject({ status: 422, problem: { errors: [{ path: 'email' }] } })
  })
  test('the last owner stays owner', async () => {
    const { owner, theaterId } = await openCinema(service)
    world.accounts.set('owner@example.com', owner.userId)
    const { userId } = owner
    expect(await service.as(owner).attempt.removePerson({ theaterId, userId })).toMatchObject({
      code: 'last-owner',
    })
    expect(await service.as(owner).attempt.putPerson({ theaterId, userId, role: 'staff' })).toMatchObject({
      code: 'last-owner',
    })
  })
  test('who own an open theater alone are known, so that their account stays', async () => {
    const { owner, theaterId } = await openCinema(service)
    const { userId } = owner
    const alone = () => service.asService().theatersOwnedAlone({ userId })
    expect(await alone()).toEqual({ items: [{ id: theaterId, name: 'Corner Cinema' }] })
    const partner = person()
    world.accounts.set('partner@example.com', partner.userId)
    await service.as(owner).putPerson({ theaterId, userId: partner.userId, role: 'staff' })
    expect((await alone()).items).toHaveLength(1)
    await service.as(owner).putPerson({ theaterId, userId: partner.userId, role: 'owner' })
    expect(await alone()).toEqual({ items: [] })
    await service.as(owner).removePerson({ theaterId, userId: partner.userId })
    await service.as(owner).closeTheater({ theaterId })
    expect(await alone()).toEqual({ items: [] })
  })
  test('who was made its only owner by a stranger is not kept by it', async () => {
    const { owner, theaterId } = await openCinema(service)
    const victim = person()
    world.accounts.set('victim@example.com', victim.userId)
    await service.as(owner).putPerson({ theaterId, userId: victim.userId, role: 'owner' })
    await service.as(owner).removePerson({ theaterId, userId: owner.userId })
    expect(await service.asService().theatersOwnedAlone({ userId: victim.userId })).toEqual({ items: [] })
  })
  test('who erase their account have no role any more, and the others hear of it', async () => {
    const { owner, theaterId } = await openCinema(service)
    const usher = person()
    world.accounts.set('usher@example.com', usher.userId)
    await service.as(owner).invitePerson({ theaterId, email: 'usher@example.com', role: 'staff' })
    await service.deliver(userErased, { userId: usher.userId })
    expect((await service.as(owner).listPeople({ theaterId })).items).toMatchObject([
      { userId: owner.userId },
    ])
    expect((await service.published(theaterPeopleChanged)).at(-1)).toMatchObject({
      theaterId,
      userId: usher.userId,
      role: null,
    })
  })
})

describe('screens', () => {
  test('say what is wrong with a layout, line by line', async () => {
    const { owner, theaterId } = await openCinema(service)
    const added = await service
      .as(owner)
      .attempt.createScreen({ theaterId, name: 'New', layout: 'A: 1-10\nB 1-10' })
    expect(added).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'layout', message: expect.stringMatching(/^Line 2/) }] },
    })
    expect(
      await service.as(owner).attempt.createScreen({ theaterId, name: 'screen 1', layout: 'A: 1' }),
    ).toMatchObject({ code: 'name-taken' })
  })
  test('with the same layout share it, and anybody may read it', async () => {
    const { owner, theaterId, layoutId } = await openCinema(service)
    const twin = await service.as(owner).createScreen({ theaterId, name: 'Twin', layout: 'A: 1-10\nB: 1-10' })
    expect(twin.layoutId).toBe(layoutId)
    expect((await service.as(anonymous).getLayout({ layoutId })).seats).toHaveLength(20)
  })
  test('take a pretix plan with half a character in it', async () => {
    const { owner, theaterId } = await openCinema(service)
    const seats = [{ seat_number: '1', seat_guid: '\ud800a' }, { seat_number: '2' }]
    const layout = { zones: [{ name: 'Hall', rows: [{ row_label: '\ud800', seats }] }] }
    const added = await service.as(owner).attempt.createScreen({ theaterId, name: 'New', layout })
    expect(added).toMatchObject({ ok: true, value: { seats: 2 } })
  })
  test('with upcoming shows are not removed', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    const show = await showAt(cinema, `${someDay()}T20:00`)
    expect(await service.as(owner).attempt.deleteScreen({ theaterId, screenId })).toMatchObject({
      code: 'shows-planned',
    })
    await service.as(owner).cancelShow({ showId: show.id })
    await service.as(owner).deleteScreen({ theaterId, screenId })
    expect((await service.as(anonymous).getTheater({ theaterId })).screens).toEqual([])
  })
})

describe('prices', () => {
  const eur = (amount: number) => ({ amount, currency: 'EUR' })
  test('come from the card that fits the time best', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId } = cinema
    const card = (name: string, amount: number, when: object) =>
      service.as(owner).createPriceCard({
        theaterId,
        name,
        ...when,
        prices: [{ zone: 'standard', ticketType: 'adult', price: eur(amount) }],
      })
    await card('Matinee', 800, { from: '05:00', until: '17:00' })
    await card('Late', 700, { from: '23:00' })
    expect((await showAt(cinema, `${someDay()}T14:00`)).priceFrom).toEqual(eur(800))
    expect((await showAt(cinema, `${someDay()}T20:00`)).priceFrom).toEqual(eur(1200))
    expect((await showAt(cinema, `${someDay(1)}T00:30`)).priceFrom).toEqual(eur(700))
  })
  test('of a show on sale stay when the card changes', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, cardId: priceCardId } = cinema
    const show = await showAt(cinema, `${someDay()}T20:00`)
    const prices = [{ zone: 'standard', ticketType: 'adult', price: eur(9900) }]
    await service.as(owner).updatePriceCard({ theaterId, priceCardId, prices })
    expect((await service.as(anonymous).getShow({ showId: show.id })).priceFrom).toEqual(eur(1200))
    expect((await showAt(cinema, `${someDay(1)}T20:00`)).priceFrom).toEqual(eur(9900))
  })
  test('of a card keep both of two changes that are made at once', async () => {
    const { owner, theaterId, cardId: priceCardId } = await openCinema(service)
    const change = (changes: object) =>
      service.as(owner).updatePriceCard({ theaterId, priceCardId, ...changes })
    for (const round of [1, 2, 3, 4, 5]) {
      await Promise.all([change({ name: `Card ${round}` }), change({ days: [round] })])
      const { items } = await service.as(owner).listPriceCards({ theaterId })
      expect(items).toMatchObject([{ name: `Card ${round}`, days: [round] }])
    }
  })
  test('of a card change for nobody who saw an older one', async () => {
    const { owner, theaterId, cardId: priceCardId } = await openCinema(service)
    const rename = (name: string) =>
      service
        .as(owner)
        .attempt.updatePriceCard({ theaterId, priceCardId, name }, { headers: { 'if-match': '"1"' } })
    expect(await rename('Weekdays')).toMatchObject({ value: { name: 'Weekdays', version: 2 } })
    expect(await rename('Sundays')).toMatchObject({ status: 412, code: 'version-mismatch' })
    expect(await service.as(owner).listPriceCards({ theaterId })).toMatchObject({
      items: [{ name: 'Weekdays' }],
    })
  })
  test('"from" leaves out tickets that nobody can buy alone', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId } = cinema
    await service
      .as(owner)
      .createTicketType({ theaterId, key: 'companion', name: 'Companion', requires: ['adult'] })
    const price = (ticketType: string, amount: number) => ({
      zone: 'standard',
      ticketType,
      price: eur(amount),
    })
    const show = await showAt(cinema, `${someDay()}T20:00`, {
      prices: [price('adult', 1100), price('companion', 0)],
    })
    expect(show.priceFrom).toEqual(eur(1100))
    expect(show.prices).toHaveLength(2)
  })
  test('"from" is the least that is paid online, or anywhere when nothing is; also of shows from before', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId } = cinema
    const atCounter = { theaterId, channels: ['counter' as const] }
    await service.as(owner).createTicketType({ ...atCounter, key: 'crew', name: 'Crew' })
    await service.as(owner).createTicketType({ ...atCounter, key: 'locals', name: 'Locals' })
    const price = (ticketType: string, amount: number) => ({
      zone: 'standard',
      ticketType,
      price: eur(amount),
    })
    const [crew, locals] = [price('crew', 0), price('locals', 500)]
    const online = await showAt(cinema, `${someDay()}T20:00`, { prices: [crew, price('adult', 1250)] })
    const counter = await showAt(cinema, `${someDay(1)}T20:00`, { prices: [locals, price('crew', 700)] })
    const from = async () => {
      const { items } = await service.as(anonymous).listShows({ theaterId })
      return items.map(({ id, priceFrom }) => [id, priceFrom])
    }
    const expected = [
      [online.id, eur(1250)],
      [counter.id, eur(500)],
    ]
    expect(await from()).toEqual(expected)
    await service.db.query('update shows set price_from = 0 where id = $1', [online.id])
    await service.db.query(
      await readFile(new URL('../migrations/0005-price-from.sql', import.meta.url), 'utf8'),
    )
    expect(await from()).toEqual(expected)
  })
  test('of a card that could never hold are refused', async () => {
    const { owner, theaterId, cardId } = await openCinema(service)
    const change = (from: string, until: string) =>
      service.as(owner).attempt.updatePriceCard({ theaterId, priceCardId: cardId, from, until })
    expect(await change('20:00', '18:00')).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'until' }] },
    })
    expect(await change('03:00', '07:00')).toMatchObject({ status: 422 })
    for (const [from, until] of [
      ['20:00', '02:00'],
      ['20:00', '05:00'],
      ['05:00', '05:01'],
    ] as const)
      expect(await change(from, until)).toMatchObject({ ok: true })
  })
  test('name their mistakes, and a ticket type in use stays', async () => {
    const { owner, theaterId } = await openCinema(service)
    const wrong = await service.as(owner).attempt.createPriceCard({
      theaterId,
      name: 'Wrong',
      prices: [
        { zone: 'standard', ticketType: 'child', price: eur(500) },
        { zone: 'standard', ticketType: 'adult', price: { amount: 500, currency: 'USD' } },
      ],
    })
    expect(wrong).toMatchObject({
      problem: { errors: [{ path: 'prices.0.ticketType' }, { path: 'prices.1.price.currency' }] },
    })
    expect(await service.as(owner).attempt.deleteTicketType({ theaterId, key: 'adult' })).toMatchObject({
      code: 'still-priced',
      problem: { priceCards: ['Every day'] },
    })
  })
})
