import { showCancelled, showChanged, theaterPeopleChanged } from '@marquee/contracts/theaters'
import { advanceClock, anonymous, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bootTheaters, films, openCinema, type Service, someDay, type World } from './cinema.ts'

let service: Service
let world: World
beforeEach(async () => {
  ;({ service, world } = await bootTheaters())
})
afterEach(() => service.stop())

const showAt = (cinema: Awaited<ReturnType<typeof openCinema>>, localStart: string, more: object = {}) =>
  service.as(cinema.owner).createShow({
    theaterId: cinema.theaterId,
    screenId: cinema.screenId,
    movieId: films.short,
    localStart,
    ...more,
  })

describe('finding a theater', () => {
  test('by distance gives the nearest first, within the radius', async () => {
    await openCinema(service, { name: 'Far', city: 'Hamburg', location: { lat: 53.55, lon: 9.99 } })
    await openCinema(service, { name: 'Near', location: { lat: 52.52, lon: 13.4 } })
    await openCinema(service, { name: 'Nearer', location: { lat: 52.5, lon: 13.4 } })
    await openCinema(service, { name: 'Nowhere' })
    const near = { near: '52.5,13.4' }
    const { items } = await service.as(anonymous).listTheaters(near)
    expect(items.map((item) => [item.name, item.distanceKm])).toEqual([
      ['Nearer', 0],
      ['Near', 2.2],
    ])
    const first = await service.as(anonymous).listTheaters({ ...near, radiusKm: 1000, limit: 2 })
    const rest = await service
      .as(anonymous)
      .listTheaters({ ...near, radiusKm: 1000, limit: 2, cursor: first.nextCursor ?? '' })
    expect(rest.items.map((item) => [item.name, item.distanceKm])).toEqual([['Far', 256.2]])
  })
  test('across the date line works too', async () => {
    await openCinema(service, { name: 'Edge', location: { lat: -17, lon: 179.9 } })
    const { items } = await service.as(anonymous).listTheaters({ near: '-17,-179.9', radiusKm: 50 })
    expect(items.map((item) => item.name)).toEqual(['Edge'])
  })
  test('survives a theater a hair off the equator', async () => {
    await openCinema(service, { name: 'Equator', location: { lat: 5e-324, lon: 13.4 } })
    const { items } = await service.as(anonymous).listTheaters({ near: '0.1,13.4', radiusKm: 50 })
    expect(items.map((item) => item.name)).toEqual(['Equator'])
  })
  test('by name or city forgives case and accents', async () => {
    await openCinema(service, { name: 'Lumière', city: 'Lyon' })
    await openCinema(service, { name: 'Astra', city: 'Lisbon' })
    const names = async (q: string) =>
      (await service.as(anonymous).listTheaters({ q })).items.map((item) => item.name)
    expect(await names('LUMIERE')).toEqual(['Lumière'])
    expect(await names('lisb')).toEqual(['Astra'])
    expect(await names('%')).toHaveLength(2)
    expect(await names('lumeire')).toEqual(['Lumière'])
    expect(await names('zebra')).toEqual([])
  })
  test('by name comes in pages, beginnings first, and near somewhere too', async () => {
    const [lisbon, porto] = [
      { lat: 38.72, lon: -9.14 },
      { lat: 41.15, lon: -8.61 },
    ]
    await openCinema(service, { name: 'Grand Astra', location: lisbon })
    await openCinema(service, { name: 'Astra Two', location: porto })
    await openCinema(service, { name: 'Astra', location: porto })
    const first = await service.as(anonymous).listTheaters({ q: 'astra', limit: 2 })
    expect(first.items.map((item) => item.name)).toEqual(['Astra', 'Astra Two'])
    const rest = await service
      .as(anonymous)
      .listTheaters({ q: 'astra', limit: 2, cursor: first.nextCursor ?? '' })
    expect(rest.items.map((item) => item.name)).toEqual(['Grand Astra'])
    const near = await service.as(anonymous).listTheaters({ q: 'astra', near: '38.7,-9.1', radiusKm: 50 })
    expect(near.items.map((item) => [item.name, item.distanceKm])).toEqual([['Grand Astra', 4.1]])
  })
  test('finds a new name at once, and nothing that was closed', async () => {
    const cinema = await openCinema(service, { name: 'Old Palace' })
    const owner = service.as(cinema.owner)
    const names = async (q: string) =>
      (await service.as(anonymous).listTheaters({ q })).items.map((item) => item.name)
    await owner.updateTheater({ theaterId: cinema.theaterId, name: 'Rialto' })
    expect([await names('palace'), await names('rialto')]).toEqual([[], ['Rialto']])
    await owner.closeTheater({ theaterId: cinema.theaterId, cancelShows: 'true' })
    expect(await names('rialto')).toEqual([])
    await owner.restoreTheater({ theaterId: cinema.theaterId })
    expect(await names('rialto')).toEqual(['Rialto'])
    await service.runJob('index-theaters')
    expect(await names('rialto')).toEqual(['Rialto'])
  })
})

describe('running a theater', () => {
  test('needs a time zone that exists', async () => {
    const opened = await service.as(person()).attempt.createTheater({
      name: 'X',
      address: 'X',
      city: 'X',
      country: 'X',
      currency: 'EUR',
      timeZone: 'Mars/Base',
    })
    expect(opened).toMatchObject({ status: 422, problem: { errors: [{ path: 'timeZone' }] } })
  })
  test('keeps its time zone while shows are planned, and tells booking of a new refund cut-off', async () => {
    const cinema = await openCinema(service)
    await showAt(cinema, `${someDay()}T20:00`)
    const change = (changes: object) =>
      service.as(cinema.owner).attempt.updateTheater({ theaterId: cinema.theaterId, ...changes })
    expect(await change({ timeZone: 'Europe/Lisbon' })).toMatchObject({ status: 422 })
    expect(await change({ refundCutoffMinutes: 30 })).toMatchObject({
      ok: true,
      value: { refundCutoffMinutes: 30, version: 2 },
    })
    expect(await service.published(showChanged)).toMatchObject([{ refundCutoffMinutes: 30, version: 2 }])
  })
  test('that has shows is closed only when they are cancelled, and reopened within a day', async () => {
    const cinema = await openCinema(service)
    const { theaterId } = cinema
    await showAt(cinema, `${someDay()}T20:00`)
    const owner = service.as(cinema.owner)
    expect(await owner.attempt.closeTheater({ theaterId })).toMatchObject({
      code: 'shows-planned',
      problem: { shows: 1 },
    })
    await owner.closeTheater({ theaterId, cancelShows: 'true' })
    expect(await service.as(anonymous).attempt.getTheater({ theaterId })).toMatchObject({ code: 'not-found' })
    expect((await owner.myTheaters()).items).toMatchObject([{ id: theaterId, closed: true, role: 'owner' }])
    await owner.restoreTheater({ theaterId })
    expect(await service.as(anonymous).getTheater({ theaterId })).toMatchObject({ name: 'Corner Cinema' })
    await owner.closeTheater({ theaterId, cancelShows: 'true' })
    await advanceClock(service.db, { hours: 25 })
    expect(await owner.attempt.restoreTheater({ theaterId })).toMatchObject({ code: 'conflict' })
  })
  test('that is reopened has its shows back, and nobody was refunded', async () => {
    const cinema = await openCinema(service)
    const { theaterId } = cinema
    const show = await showAt(cinema, `${someDay()}T20:00`)
    const owner = service.as(cinema.owner)
    const onSaleUntil = async () => (await service.as(anonymous).getShow({ showId: show.id })).onlineUntil
    await owner.closeTheater({ theaterId, cancelShows: 'true' })
    expect((await service.as(anonymous).listShows({})).items).toEqual([])
    expect(Date.parse(await onSaleUntil())).toBeLessThan(Date.parse(show.onlineUntil))
    await advanceClock(service.db, { hours: 23 })
    await service.runJob('cancel-shows-of-closed')
    await owner.restoreTheater({ theaterId })
    expect((await service.as(anonymous).listShows({})).items).toMatchObject([{ id: show.id }])
    expect(await onSaleUntil()).toBe(show.onlineUntil)
    expect(await service.published(showCancelled)).toEqual([])
    expect((await service.published(showChanged)).map((told) => [told.version, told.onlineUntil])).toEqual([
      [2, expect.not.stringMatching(show.onlineUntil)],
      [3, show.onlineUntil],
    ])
  })
  test('that stays closed calls its shows off: those near in time for their guests, the others after a day', async () => {
    const cinema = await openCinema(service)
    const { theaterId } = cinema
    const inMinutes = (minutes: number) =>
      Temporal.Now.zonedDateTimeISO('Europe/Berlin')
        .add({ minutes })
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' })
    const soon = await showAt(cinema, inMinutes(60))
    const later = await showAt(cinema, inMinutes(5 * 60))
    const far = await showAt(cinema, `${someDay()}T20:00`)
    await service.as(cinema.owner).closeTheater({ theaterId, cancelShows: 'true' })
    const calledOff = async (minutes: number) => {
      await advanceClock(service.db, { minutes })
      await service.runJob('cancel-shows-of-closed')
      return (await service.published(showCancelled)).map((told) => told.showId)
    }
    expect(await calledOff(14)).toEqual([])
    expect(await calledOff(2)).toEqual([soon.id])
    expect(await calledOff(2 * 60)).toEqual([soon.id])
    expect(await calledOff(60)).toEqual([soon.id, later.id])
    expect(await calledOff(24 * 60)).toEqual([soon.id, later.id, far.id])
  })
})

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
  test('lose no seat that is sold, and give upcoming shows their new layout', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    const show = await showAt(cinema, `${someDay()}T20:00`)
    world.taken.set(show.id, ['A1', 'B10'])
    const change = (layout: string) => service.as(owner).attempt.updateScreen({ theaterId, screenId, layout })
    expect(await change('A: 1-10')).toMatchObject({ code: 'seats-sold', problem: { seats: ['B10'] } })
    expect(await change('A: 1-10\n[gallery]\nB: 1-10')).toMatchObject({ status: 422 })
    const changed = await change('A: 1-10\nB: 1-12')
    expect(changed).toMatchObject({ ok: true, value: { seats: 22 } })
    const layoutId = changed.ok ? changed.value.layoutId : ''
    expect(await service.as(anonymous).getShow({ showId: show.id })).toMatchObject({ layoutId, version: 2 })
    expect(await service.published(showChanged)).toMatchObject([{ layoutId, version: 2 }])
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
