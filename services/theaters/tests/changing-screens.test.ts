import { showChanged } from '@marquee/contracts/theaters'
import { anonymous } from '@marquee/kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  bootTheaters,
  buySeat,
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

describe('screens that change', () => {
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
  test('get a new zone while shows are planned: its price is that of the card, and nothing frozen changes', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    const show = await showAt(cinema, `${someDay()}T20:00`)
    const before = (await service.as(anonymous).getShow({ showId: show.id })).prices
    const change = () =>
      service.as(owner).attempt.updateScreen({ theaterId, screenId, layout: 'A: 1-10\n[gallery]\nB: 1-10' })
    expect(await change()).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'layout.zones', message: expect.stringContaining('gallery') }] },
    })
    const card = (await service.as(owner).listPriceCards({ theaterId })).items[0]
    const gallery = { zone: 'gallery', ticketType: 'adult', price: { amount: 700, currency: 'EUR' } }
    const dearer = card?.prices.map((one) => ({
      ...one,
      price: { ...one.price, amount: one.price.amount + 500 },
    }))
    await service.as(owner).updatePriceCard({
      theaterId,
      priceCardId: card?.id ?? '',
      prices: [...(dearer ?? []), gallery],
    })
    expect(await change()).toMatchObject({ ok: true })
    const after = await service.as(anonymous).getShow({ showId: show.id })
    expect(after.prices).toMatchObject([...before, gallery])
    expect((await service.published(showChanged)).at(-1)).toMatchObject({ version: 2, prices: after.prices })
    const [listed] = (await service.as(anonymous).listShows({ theaterId })).items
    expect(listed?.priceFrom.amount).toBe(700)
  })
  test('overwrite nobody: who saw an older screen is told, and who names none changes what is there', async () => {
    const { owner, theaterId, screenId } = await openCinema(service)
    const change = (changes: object, version?: number) =>
      service
        .as(owner)
        .attempt.updateScreen(
          { theaterId, screenId, ...changes },
          version === undefined ? {} : { headers: { 'if-match': `"${version}"` } },
        )
    expect(await change({ name: 'Blue' }, 1)).toMatchObject({ value: { name: 'Blue', version: 2 } })
    expect(await change({ name: 'Red' }, 1)).toMatchObject({ status: 412, code: 'version-mismatch' })
    expect(await change({ layout: 'A: 1-4' }, 1)).toMatchObject({ status: 412, code: 'version-mismatch' })
    expect(await change({ trailerMinutes: 20 })).toMatchObject({ value: { name: 'Blue', version: 3 } })
  })
  test('that change their layout sell nothing until booking hears of it, and go on when nothing changed', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    const { id: showId } = await showAt(cinema, `${someDay()}T19:30`)
    const change = (changes: { layout?: string; name?: string }) =>
      service.as(owner).attempt.updateScreen({ theaterId, screenId, ...changes })
    expect(await change({ name: 'Red', layout: 'A: 1-10\nB: 1-10' })).toMatchObject({ ok: true })
    expect([...world.resting.keys()]).toEqual([showId])
    world.resting.clear()
    expect(await change({ layout: 'A: 1-10\nB: 1-10' })).toMatchObject({ ok: true })
    world.taken.set(showId, ['B10'])
    expect(await change({ layout: 'A: 1-10' })).toMatchObject({ code: 'seats-sold' })
    world.taken.clear()
    expect(await change({ layout: 'nonsense' })).toMatchObject({ status: 422 })
    expect([...world.resting.keys()]).toEqual([])
    await change({ layout: 'A: 1-10' })
    expect([...world.resting.keys()]).toEqual([showId])
  })
  test('lose no seat of a show that was planned and sold while they were being changed', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    await showAt(cinema, `${someDay()}T14:00`)
    world.beforeRest = async () => {
      world.beforeRest = undefined
      const { id } = await showAt(cinema, `${someDay()}T19:30`)
      world.taken.set(id, ['B10'])
    }
    expect(
      await service.as(owner).attempt.updateScreen({ theaterId, screenId, layout: 'A: 1-10' }),
    ).toMatchObject({ code: 'seats-sold', problem: { seats: ['B10'] } })
    expect([...world.resting.keys()]).toEqual([])
  })
  test('lose no seat that was sold after news of another change let sales go on', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    const { id: showId } = await showAt(cinema, `${someDay()}T19:30`)
    world.afterRest = async () => {
      await service.as(owner).updateScreen({ theaterId, screenId, name: 'Blue' })
      world.resting.clear()
      expect(buySeat(world, showId, 'B10')).toBe(true)
    }
    expect(
      await service.as(owner).attempt.updateScreen({ theaterId, screenId, layout: 'A: 1-10' }),
    ).toMatchObject({ code: 'seats-sold', problem: { seats: ['B10'] } })
    expect([...world.resting.keys()]).toEqual([])
  })
  test('lose no seat when another change of theirs is refused meanwhile', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    await service.as(owner).createScreen({ theaterId, name: 'Twin', layout: 'A: 1-10' })
    const { id: showId } = await showAt(cinema, `${someDay()}T19:30`)
    const change = (changes: { layout: string; name?: string }) =>
      service.as(owner).attempt.updateScreen({ theaterId, screenId, ...changes })
    world.afterRest = async () => {
      expect(await change({ name: 'Twin', layout: 'A: 1-10\nB: 1-5' })).toMatchObject({ code: 'name-taken' })
      expect(buySeat(world, showId, 'B10')).toBe(false)
    }
    expect(await change({ layout: 'A: 1-10' })).toMatchObject({ ok: true })
  })
  test('lose no seat when another change of theirs is saved meanwhile', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    const { id: showId } = await showAt(cinema, `${someDay()}T19:30`)
    const change = (layout: string) => service.as(owner).attempt.updateScreen({ theaterId, screenId, layout })
    world.afterRest = async () => {
      expect(await change('A: 1-10\nB: 1-12')).toMatchObject({ ok: true })
      world.resting.clear()
      expect(buySeat(world, showId, 'B10')).toBe(true)
    }
    expect(await change('A: 1-10')).toMatchObject({ code: 'seats-sold', problem: { seats: ['B10'] } })
  })
  test('are found by each of two who change their layout at once', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    await showAt(cinema, `${someDay()}T19:30`)
    const change = (layout: string) => service.as(owner).attempt.updateScreen({ theaterId, screenId, layout })
    for (const seats of [11, 12, 13, 14, 15]) {
      const planning = service
        .as(owner)
        .attempt.createShow(showWish(cinema, `${someDay(seats)}T19:30`, { screenId }))
      const changed = await Promise.all([change(`A: 1-${seats}`), change(`B: 1-${seats}`)])
      expect(changed).toMatchObject([{ ok: true }, { ok: true }])
      expect(await planning).toMatchObject({ ok: true })
    }
  })
  test('stay as they are until booking has heard of their shows, and the owner is asked to try again', async () => {
    const cinema = await openCinema(service)
    const { owner, theaterId, screenId } = cinema
    const { id: showId } = await showAt(cinema, `${someDay()}T19:30`)
    const change = () => service.as(owner).attempt.updateScreen({ theaterId, screenId, layout: 'A: 1-10' })
    world.heard.set(showId, 0)
    expect(await change()).toMatchObject({ status: 503, code: 'unavailable' })
    expect([...world.resting.keys()]).toEqual([])
    world.bookingAway = true
    expect(await change()).toMatchObject({ status: 503, code: 'unavailable' })
    world.bookingAway = false
    // Booking hears of it while theaters asks again.
    let asked = 0
    world.beforeRest = async () => {
      asked += 1
      if (asked === 2) world.heard.delete(showId)
    }
    expect(await change()).toMatchObject({ ok: true, value: { seats: 10 } })
    expect(asked).toBe(2)
  })
  test('are no business of another cinema: it pauses no sales there and learns of no seat', async () => {
    const cinema = await openCinema(service)
    const rival = await openCinema(service, { name: 'Rival' })
    const { id: showId } = await showAt(cinema, `${someDay()}T19:30`)
    world.taken.set(showId, ['B10'])
    let asked = 0
    world.beforeRest = async () => {
      asked += 1
    }
    const { theaterId } = rival
    expect(
      await service
        .as(rival.owner)
        .attempt.updateScreen({ theaterId, screenId: cinema.screenId, layout: 'A: 1-10' }),
    ).toMatchObject({ code: 'not-found' })
    expect(asked).toBe(0)
  })
})
