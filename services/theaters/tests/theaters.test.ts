import { showCancelled, showChanged } from '@marquee/contracts/theaters'
import { advanceClock, anonymous, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bootTheaters, type Cinema, openCinema, type Service, showWish, someDay } from './cinema.ts'

let service: Service
beforeEach(async () => {
  service = (await bootTheaters()).service
})
afterEach(() => service.stop())

const showAt = (cinema: Cinema, localStart: string, more: object = {}) =>
  service.as(cinema.owner).createShow(showWish(cinema, localStart, more))

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
