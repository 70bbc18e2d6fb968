import { movieChanged } from '@marquee/contracts/movies'
import { showCancelled, showChanged } from '@marquee/contracts/theaters'
import { advanceClock, anonymous } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  bootTheaters,
  buySeat,
  films,
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

describe('a show that changes', () => {
  const change = (showId: string, changes: object) =>
    service.as(cinema.owner).attempt.updateShow({ showId, ...changes })

  test('moves to another time and screen, and booking hears the whole of it', async () => {
    const { id: screenId } = await service
      .as(cinema.owner)
      .createScreen({ theaterId: cinema.theaterId, name: 'Screen 2', layout: 'A: 1-10\nB: 1-12' })
    const show = await plan(evening)
    world.taken.set(show.id, ['A1'])
    const moved = await change(show.id, { screenId, localStart: `${someDay(1)}T20:00` })
    expect(moved).toMatchObject({ ok: true, value: { screenName: 'Screen 2', day: someDay(1), version: 2 } })
    expect(await service.published(showChanged)).toMatchObject([{ showId: show.id, screenId, version: 2 }])
  })
  test('does not move onto another show or back in time', async () => {
    const show = await plan(evening)
    await plan(`${someDay()}T14:00`)
    expect(await change(show.id, { localStart: `${someDay()}T13:30` })).toMatchObject({ code: 'screen-busy' })
    expect(await change(show.id, { localStart: '2020-01-01T20:00' })).toMatchObject({ status: 422 })
    expect(await change(show.id, { subtitles: 'fr' })).toMatchObject({ ok: true, value: { subtitles: 'fr' } })
  })
  test('moves with the ticket types it is on sale with, though one is sold no more', async () => {
    const { owner, theaterId, cardId } = cinema
    const at = (ticketType: string, amount: number) => ({
      zone: 'standard',
      ticketType,
      price: { amount, currency: 'EUR' },
    })
    await service.as(owner).createTicketType({ theaterId, key: 'senior', name: 'Senior' })
    await service.as(owner).updatePriceCard({
      theaterId,
      priceCardId: cardId,
      prices: [at('adult', 1200), at('senior', 800)],
    })
    const show = await plan(evening)
    await service.as(owner).updatePriceCard({ theaterId, priceCardId: cardId, prices: [at('adult', 1200)] })
    await service.as(owner).deleteTicketType({ theaterId, key: 'senior' })
    expect(await change(show.id, { localStart: `${someDay()}T20:00` })).toMatchObject({
      ok: true,
      value: { localStart: `${someDay()}T20:00`, prices: show.prices, priceFrom: show.priceFrom },
    })
  })
  test('does not move to a screen that lacks a sold seat', async () => {
    const small = await service
      .as(cinema.owner)
      .createScreen({ theaterId: cinema.theaterId, name: 'Small', layout: 'A: 1-5' })
    const show = await plan(evening)
    world.taken.set(show.id, ['A1', 'B10'])
    expect(await change(show.id, { screenId: small.id })).toMatchObject({
      code: 'seats-sold',
      problem: { seats: ['B10'] },
    })
  })
  test('loses no sold seat when its next screen loses that seat while it moves', async () => {
    const { owner, theaterId } = cinema
    const { id: screenId } = await service
      .as(owner)
      .createScreen({ theaterId, name: 'Screen 2', layout: 'A: 1-10\nB: 1-10' })
    const show = await plan(evening)
    world.taken.set(show.id, ['B10'])
    world.afterRest = () => service.as(owner).updateScreen({ theaterId, screenId, layout: 'A: 1-10' })
    expect(await change(show.id, { screenId })).toMatchObject({
      code: 'seats-sold',
      problem: { seats: ['B10'] },
    })
    expect([...world.resting.keys()]).toEqual([])
  })
  test('loses no seat that was sold after news of another change let sales go on', async () => {
    const { id: screenId } = await service
      .as(cinema.owner)
      .createScreen({ theaterId: cinema.theaterId, name: 'Small', layout: 'A: 1-10' })
    const show = await plan(evening)
    world.afterRest = async () => {
      expect(await change(show.id, { format: 'IMAX' })).toMatchObject({ ok: true })
      world.resting.clear()
      expect(buySeat(world, show.id, 'B10')).toBe(true)
    }
    expect(await change(show.id, { screenId })).toMatchObject({ code: 'seats-sold' })
  })
  test('does not move until booking has heard of it, and the owner is asked to try again', async () => {
    const { id: screenId } = await service
      .as(cinema.owner)
      .createScreen({ theaterId: cinema.theaterId, name: 'Small', layout: 'A: 1-10' })
    const show = await plan(evening)
    world.heard.set(show.id, 0)
    expect(await change(show.id, { screenId })).toMatchObject({ status: 503, code: 'unavailable' })
    world.heard.set(show.id, 1)
    expect(await change(show.id, { screenId })).toMatchObject({ ok: true })
  })
  test('whose time had passed meets the seats of its screen of today when it is moved on', async () => {
    const { owner, theaterId, screenId } = cinema
    const show = await plan(evening)
    world.taken.set(show.id, ['B10'])
    await advanceClock(service.db, { days: 10 })
    await service.as(owner).updateScreen({ theaterId, screenId, layout: 'A: 1-10' })
    expect(await change(show.id, { localStart: `${someDay(20)}T20:00` })).toMatchObject({
      code: 'seats-sold',
      problem: { seats: ['B10'] },
    })
    world.taken.set(show.id, ['A10'])
    expect(await change(show.id, { localStart: `${someDay(20)}T20:00` })).toMatchObject({ ok: true })
  })
  test('takes the prices of another card from then on', async () => {
    const show = await plan(evening)
    const dear = await service.as(cinema.owner).createPriceCard({
      theaterId: cinema.theaterId,
      name: 'Gala',
      prices: [{ zone: 'standard', ticketType: 'adult', price: { amount: 2500, currency: 'EUR' } }],
    })
    expect(await change(show.id, { priceCardId: dear.id })).toMatchObject({
      ok: true,
      value: { priceFrom: { amount: 2500, currency: 'EUR' }, localStart: evening },
    })
    expect(await change(show.id, { priceCardId: show.id })).toMatchObject({
      problem: { errors: [{ path: 'priceCardId' }] },
    })
  })
  test('stays cancelled', async () => {
    const show = await plan(evening)
    await service.as(cinema.owner).cancelShow({ showId: show.id })
    await service.as(cinema.owner).cancelShow({ showId: show.id })
    expect(await change(show.id, { format: 'IMAX' })).toMatchObject({ code: 'show-cancelled' })
    expect(await service.published(showCancelled)).toHaveLength(1)
  })
  test('carries a corrected title of its film', async () => {
    const show = await plan(evening)
    const told = { movieId: films.short, year: 1924, runtimeMinutes: 45, genres: [] }
    await service.deliver(movieChanged, { ...told, version: 3, title: 'Sherlock Junior' })
    await service.deliver(movieChanged, { ...told, version: 2, title: 'An older name' })
    expect(await service.as(anonymous).getShow({ showId: show.id })).toMatchObject({
      movieTitle: 'Sherlock Junior',
    })
    expect((await service.published(showChanged)).at(-1)).toMatchObject({
      movieTitle: 'Sherlock Junior',
      version: 2,
    })
  })
})
