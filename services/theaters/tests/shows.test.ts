import { layoutPublished, showCancelled, showScheduled } from '@marquee/contracts/theaters'
import { advanceClock, anonymous, person } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  bootTheaters,
  films,
  nextClockChange,
  openCinema,
  type Service,
  showWish,
  someDay,
  type World,
} from './cinema.ts'

let service: Service
let world: World
let cinema: Awaited<ReturnType<typeof openCinema>>
beforeEach(async () => {
  ;({ service, world } = await bootTheaters())
  cinema = await openCinema(service)
})
afterEach(() => service.stop())

const attempt = (localStart: string, more: object = {}) =>
  service.as(cinema.owner).attempt.createShow(showWish(cinema, localStart, more))
async function plan(localStart: string, more: object = {}) {
  const outcome = await attempt(localStart, more)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problem))
  return outcome.value
}
const evening = `${someDay()}T19:30`

describe('a show put on sale', () => {
  test('is in the programme with its price, seats and times', async () => {
    const show = await plan(evening, {
      format: '35 mm',
      language: 'en',
      subtitles: 'de',
      access: ['captions'],
    })
    expect(show).toMatchObject({
      movieTitle: 'Sherlock Jr.',
      theaterName: 'Corner Cinema',
      localStart: evening,
      timeZone: 'Europe/Berlin',
      day: someDay(),
      priceFrom: { amount: 1200, currency: 'EUR' },
      seatsLeft: 20,
      availability: 'good',
      status: 'scheduled',
      prices: [{ zone: 'standard', ticketType: 'adult', name: 'Adult' }],
    })
    expect(show.onlineUntil).toBe(show.startsAt)
    const { items } = await service.as(anonymous).listShows({ theaterId: cinema.theaterId, date: someDay() })
    expect(items.map((item) => item.id)).toEqual([show.id])
  })
  test('is announced whole, after the layout it needs', async () => {
    const show = await plan(evening)
    expect(await service.published(layoutPublished)).toMatchObject([{ id: cinema.layoutId }])
    expect(await service.published(showScheduled)).toMatchObject([
      {
        showId: show.id,
        version: 1,
        layoutId: cinema.layoutId,
        theaterAddress: '1 Main Street, Berlin',
        city: 'Berlin',
        taxRatePermille: 0,
      },
    ])
  })
  test('is announced with where its theater is', async () => {
    const location = { lat: 52.52, lon: 13.405 }
    cinema = await openCinema(service, { location })
    await plan(evening)
    expect(await service.published(showScheduled)).toMatchObject([{ location }])
  })
  test('needs an owner of this very theater', async () => {
    const wish = {
      theaterId: cinema.theaterId,
      screenId: cinema.screenId,
      movieId: films.short,
      localStart: evening,
    }
    const elsewhere = await openCinema(service)
    expect(await service.as(person()).attempt.createShow(wish)).toMatchObject({ code: 'forbidden' })
    expect(await service.as(elsewhere.owner).attempt.createShow(wish)).toMatchObject({ code: 'forbidden' })
    expect(await service.as(anonymous).attempt.createShow(wish)).toMatchObject({ code: 'unauthenticated' })
    expect(await attempt(evening, { screenId: elsewhere.screenId })).toMatchObject({ status: 422 })
  })
  test('is refused for an unknown film, a time that has passed or a zone without a price', async () => {
    expect(await attempt(evening, { movieId: cinema.theaterId })).toMatchObject({
      problem: { errors: [{ path: 'movieId' }] },
    })
    expect(await attempt('2020-01-01T20:00')).toMatchObject({ problem: { errors: [{ path: 'localStart' }] } })
    const price = { zone: 'balcony', ticketType: 'adult', price: { amount: 900, currency: 'EUR' } }
    expect(await attempt(evening, { prices: [price] })).toMatchObject({
      problem: { errors: [{ path: 'prices', message: expect.stringContaining('standard') }] },
    })
  })
})

describe('a busy screen', () => {
  test('refuses a show that starts before the one on it is over and cleaned up, and names it', async () => {
    // Fifteen minutes of trailers, 45 of film, 15 of cleaning: free again at 20:45.
    const first = await plan(evening)
    const clash = await attempt(`${someDay()}T20:44`)
    expect(clash).toMatchObject({
      code: 'screen-busy',
      status: 409,
      problem: { show: { id: first.id, movieTitle: 'Sherlock Jr.', localStart: evening } },
    })
    expect(await attempt(`${someDay()}T20:45`)).toMatchObject({ ok: true })
  })
  test('is free again once the show is cancelled', async () => {
    const first = await plan(evening)
    await service.as(cinema.owner).cancelShow({ showId: first.id })
    expect(await attempt(evening)).toMatchObject({ ok: true })
    expect(await service.published(showCancelled)).toEqual([{ showId: first.id, version: 2 }])
  })
  test('takes only one of two shows planned at the same moment', async () => {
    const outcomes = await Promise.all([attempt(evening), attempt(evening), attempt(evening)])
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.code === 'screen-busy')).toHaveLength(2)
  })
})

describe('when the clocks change', () => {
  test('a time that is skipped is refused with the times around it', async () => {
    const outcome = await attempt(nextClockChange('skipped'))
    expect(outcome).toMatchObject({ code: 'ambiguous-time', status: 422 })
  })
  test('a time that comes twice is settled by sending back one of the choices', async () => {
    const time = nextClockChange('repeated')
    const outcome = await attempt(time)
    expect(outcome).toMatchObject({
      code: 'ambiguous-time',
      problem: { choices: [`${time}+02:00`, `${time}+01:00`] },
    })
    const first = await plan(`${time}+02:00`)
    expect(first.localStart).toBe(time)
    expect(await attempt(`${time}+01:00`)).toMatchObject({ code: 'screen-busy' })
  })
})

describe('the cinema day', () => {
  test('keeps the midnight show with the evening before', async () => {
    const midnight = `${someDay(1)}T00:15`
    await plan(evening)
    await plan(midnight)
    const { items } = await service.as(anonymous).listShows({ date: someDay() })
    expect(items.map((item) => item.localStart)).toEqual([evening, midnight])
    expect((await service.as(anonymous).listShows({ date: someDay(1) })).items).toEqual([])
  })
  test('is copied with its midnight show, and what clashes is told', async () => {
    await plan(evening)
    await plan(`${someDay(1)}T00:15`)
    await plan(`${someDay(7)}T19:00`)
    const copied = await service
      .as(cinema.owner)
      .copyDay({ theaterId: cinema.theaterId, from: someDay(), to: [someDay(6), someDay(7)] })
    expect(copied.created.map((show) => show.localStart)).toEqual([
      `${someDay(6)}T19:30`,
      `${someDay(7)}T00:15`,
      `${someDay(8)}T00:15`,
    ])
    expect(copied.skipped).toEqual([
      {
        localStart: `${someDay(7)}T19:30`,
        screenName: 'Screen 1',
        movieTitle: 'Sherlock Jr.',
        reason: 'screen-busy',
        clash: { movieTitle: 'Sherlock Jr.', localStart: `${someDay(7)}T19:00` },
      },
    ])
  })
})

test('while movies is away, a film that is not known here can be tried again later', async () => {
  world.moviesAway = true
  expect(await attempt(`${someDay()}T19:30`)).toMatchObject({ ok: false, status: 503, code: 'unavailable' })
})

describe('a cinema day that is to start at another time', () => {
  test('takes the shows after midnight along, and a copied day still keeps them after midnight', async () => {
    const { owner, theaterId } = cinema
    await plan(`${someDay(1)}T00:15`)
    await service.as(owner).updateTheater({ theaterId, dayStartsAt: '00:00' })
    const on = async (date: string) => (await service.as(anonymous).listShows({ theaterId, date })).items
    expect(await on(someDay())).toEqual([])
    expect(await on(someDay(1))).toMatchObject([{ localStart: `${someDay(1)}T00:15`, day: someDay(1) }])
    const copied = await service.as(owner).copyDay({ theaterId, from: someDay(1), to: [someDay(8)] })
    expect(copied.created).toMatchObject([{ localStart: `${someDay(8)}T00:15`, day: someDay(8) }])
  })
})

describe('the programme', () => {
  test('lists upcoming shows only, soonest first, page by page', async () => {
    for (const time of ['22:00', '14:00', '18:00', '16:00']) await plan(`${someDay()}T${time}`)
    const first = await service.as(anonymous).listShows({ limit: 3 })
    const rest = await service.as(anonymous).listShows({ limit: 3, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...rest.items].map((show) => show.localStart.slice(11))).toEqual([
      '14:00',
      '16:00',
      '18:00',
      '22:00',
    ])
    expect(rest.nextCursor).toBeNull()
    await advanceClock(service.db, { days: 4 })
    expect((await service.as(anonymous).listShows({})).items).toEqual([])
    expect(await service.as(anonymous).attempt.listShows({ cursor: 'nonsense' })).toMatchObject({
      status: 422,
    })
  })
  test('finds shows by film, access and distance', async () => {
    await plan(`${someDay()}T14:00`, { access: ['relaxed'] })
    await plan(`${someDay()}T18:00`, { movieId: films.long })
    const times = async (wish: object) =>
      (await service.as(anonymous).listShows(wish)).items.map((show) => show.localStart.slice(11))
    expect(await times({ access: 'relaxed' })).toEqual(['14:00'])
    expect(await times({ movieId: films.long })).toEqual(['18:00'])
    expect(await times({ near: '52.5,13.4' })).toEqual([])
    await service
      .as(cinema.owner)
      .updateTheater({ theaterId: cinema.theaterId, location: { lat: 52.52, lon: 13.41 } })
    expect(await times({ near: '52.5,13.4', radiusKm: 5 })).toEqual(['14:00', '18:00'])
  })
  test('shows how many seats are left, at most some seconds late, and survives without booking', async () => {
    const show = await plan(evening)
    const look = () => service.as(anonymous).getShow({ showId: show.id })
    world.now = world.now.add({ seconds: 5 })
    world.taken.set(
      show.id,
      Array.from({ length: 18 }, (_, index) => `A${index}`),
    )
    expect(await look()).toMatchObject({ seatsLeft: 2, availability: 'few' })
    world.bookingAway = true
    world.now = world.now.add({ seconds: 5 })
    expect(await look()).toMatchObject({ seatsLeft: 2 })
  })
  test('of the theater itself shows cancelled shows and when screens are busy', async () => {
    const show = await plan(evening)
    await service.as(cinema.owner).cancelShow({ showId: show.id })
    const { items } = await service
      .as(cinema.owner)
      .listTheaterShows({ theaterId: cinema.theaterId, from: someDay() })
    expect(items).toMatchObject([{ id: show.id, status: 'cancelled', capacity: 20, trailerMinutes: 15 }])
  })
})
